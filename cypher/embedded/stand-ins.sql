SELECT b.id AS buyer, b.name AS buyer_name, a.id AS supplier, a.name AS supplier_name, s.line,
    b.note, s.link_id AS link
FROM graph.links AS s
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND b.collective
ORDER BY buyer, supplier, link
