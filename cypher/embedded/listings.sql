SELECT a.id AS party, a.name AS party_name, i.id AS instrument, i.name AS instrument_name,
    l.valid_from, l.valid_to, l.as_of, l.link_id AS link, l.claim_ids AS claims
FROM graph.links AS l
JOIN graph.entities AS a ON a.id = l.tail
JOIN graph.entities AS i ON i.id = l.head
WHERE l.relation = 'listed_in'
    AND ($instrument IS NULL OR i.id = $instrument) AND ($party IS NULL OR a.id = $party)
ORDER BY party, instrument, l.valid_from, link
