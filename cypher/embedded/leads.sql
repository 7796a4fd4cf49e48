SELECT a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name, l.relation,
    p.id AS programme, p.name AS programme_name, s.link_id AS supply, l.link_id AS link
FROM graph.links AS s
JOIN graph.links AS l ON l.tail = s.head AND l.relation IN ('operates', 'contributes_to')
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = s.head
JOIN graph.entities AS p ON p.id = l.head
WHERE s.relation = 'supplies' AND (l.relation = 'operates' OR b.kind <> 'company')
    AND (s.programme IS NULL OR s.programme <> p.id)
    AND ($supplier IS NULL OR a.id = $supplier)
    AND ($programme IS NULL OR p.id = $programme)
ORDER BY a.id, b.id, l.relation, p.id, supply, link
