SELECT p.id AS party, p.name AS party_name, c.id AS claim, c.status, r.kind, r.date, r.text,
    r.source AS document
FROM graph.replies AS r
JOIN graph.claims AS c ON c.id = r.claim
JOIN graph.entities AS p ON p.id = r.party
WHERE $party IS NULL OR p.id = $party
ORDER BY party, claim, r.date, r.kind, document, r.text
