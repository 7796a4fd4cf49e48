SELECT p.id AS product, p.name AS product_name, s.tail AS supplier, s.head AS buyer,
    c.valid_from, c.status, c.id AS claim
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.claims AS c ON c.id = carried.claim
JOIN graph.entities AS p ON p.id = c.product
WHERE s.relation = 'supplies' AND ($product IS NULL OR p.id = $product)
ORDER BY product, supplier, buyer, claim
