SELECT a.id AS supplier, a.name AS supplier_name, s.head AS buyer, s.outer_to AS supplied_by,
    o.id AS owner, o.name AS owner_name, w.outer_from AS owned_since, s.link_id AS supply,
    w.link_id AS ownership
FROM graph.links AS s
JOIN graph.links AS w ON w.head = s.tail AND w.relation = 'owns' AND w.outer_from > s.outer_to
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS o ON o.id = w.tail
WHERE s.relation = 'supplies' AND ($supplier IS NULL OR a.id = $supplier)
ORDER BY supplier, buyer, supplied_by, owner, supply, ownership
