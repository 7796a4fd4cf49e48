SELECT c.role, a.id AS supplier, a.name AS supplier_name, b.id AS buyer, b.name AS buyer_name,
    s.contract, c.id AS claim
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.claims AS c ON c.id = carried.claim
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = s.head
WHERE s.relation = 'supplies' AND c.role IS NOT NULL AND c.role <> 'supplier'
    AND ($role IS NULL OR c.role = $role)
ORDER BY c.role, supplier, buyer, s.contract, claim
