WITH deals AS (
    SELECT s.tail AS supplier, s.head AS buyer, e.name,
        list(s.link_id) AS links
    FROM graph.links AS s JOIN graph.entities AS e ON e.id = s.head
    WHERE s.relation = 'supplies' AND e.kind <> 'company'
    GROUP BY ALL
)
SELECT v.id AS supplier, v.name AS supplier_name, a.buyer AS first, a.name AS first_name,
    b.buyer AS second, b.name AS second_name, a.links AS first_links, b.links AS second_links
FROM deals AS a
JOIN deals AS b ON b.supplier = a.supplier AND a.buyer < b.buyer
JOIN graph.entities AS v ON v.id = a.supplier
WHERE ($first IS NULL OR $first IN (a.buyer, b.buyer))
    AND ($second IS NULL OR $second IN (a.buyer, b.buyer))
ORDER BY first, second, supplier
