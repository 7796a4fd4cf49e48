SELECT a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
    s.valid_from, s.line, s.link_id AS link, s.claim_ids AS claims
FROM graph.links AS s
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND b.kind <> 'company' AND s.programme IS NULL
    AND ($buyer IS NULL OR b.id = $buyer)
ORDER BY supplier, buyer, s.valid_from, link
