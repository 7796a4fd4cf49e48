WITH RECURSIVE programmes AS (SELECT id, name FROM graph.entities WHERE kind = 'programme'),
parts(part, whole, hops) AS (
    SELECT id, id, 0 FROM programmes
    UNION
    SELECT l.tail, parts.whole, hops + 1
    FROM parts JOIN graph.links AS l ON l.relation = 'part_of' AND l.head = parts.part
    WHERE hops < 3
),
known AS (SELECT DISTINCT part, whole FROM parts WHERE part IN (SELECT id FROM programmes)),
named AS (
    SELECT *, CASE WHEN relation = 'supplies' THEN programme ELSE head END AS part
    FROM graph.links WHERE relation IN ('supplies', 'contributes_to')
)
SELECT w.id AS programme, w.name AS programme_name, known.part, l.relation, a.id AS company,
    a.name AS company_name, CASE WHEN l.relation = 'supplies' THEN l.head END AS buyer,
    l.valid_from, l.line, l.link_id AS link, l.claim_ids AS claims
FROM known
JOIN programmes AS w ON w.id = known.whole
JOIN named AS l ON l.part = known.part
JOIN graph.entities AS a ON a.id = l.tail AND a.kind = 'company'
WHERE $programme IS NULL OR w.id = $programme
ORDER BY w.id, known.part, l.relation, a.id, buyer, l.valid_from, link
