WITH RECURSIVE walks(last, hops, chain, links, contract, product) AS (
    SELECT head, 1, [tail, head], [link_id], contract, product
    FROM graph.links WHERE relation = 'supplies' AND tail = $supplier
    UNION ALL
    SELECT s.head, w.hops + 1, list_append(w.chain, s.head), list_append(w.links, s.link_id),
        s.contract, s.product
    FROM walks AS w JOIN graph.links AS s ON s.relation = 'supplies' AND s.tail = w.last
    WHERE w.hops < 4 AND NOT list_contains(w.links, s.link_id)
        AND (s.contract = w.contract OR s.product = w.product)
)
SELECT b.id AS last, b.name AS last_name, hops, chain, links
FROM walks JOIN graph.entities AS b ON b.id = last
WHERE hops >= 2
ORDER BY hops, last, chain, links
