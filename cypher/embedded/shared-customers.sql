SELECT DISTINCT c.id AS customer, c.name AS customer_name, a.id AS first, a.name AS first_name,
    b.id AS second, b.name AS second_name
FROM graph.links AS s
JOIN graph.links AS t ON t.head = s.head AND t.relation = 'supplies'
JOIN graph.entities AS c ON c.id = s.head
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS b ON b.id = t.tail
WHERE s.relation = 'supplies' AND c.kind <> 'company' AND a.id < b.id
    AND ($customer IS NULL OR c.id = $customer)
ORDER BY customer, first, second
