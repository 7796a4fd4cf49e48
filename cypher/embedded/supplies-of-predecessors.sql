WITH RECURSIVE after(vendor, successor, hops, links, latest) AS (
    SELECT tail, head, 1, [link_id], coalesce(outer_to, DATE '9999-12-31')
    FROM graph.links WHERE relation = 'succeeded_by'
    UNION ALL
    SELECT a.vendor, u.head, a.hops + 1, list_append(a.links, u.link_id),
        least(a.latest, coalesce(u.outer_to, DATE '9999-12-31'))
    FROM after AS a JOIN graph.links AS u ON u.relation = 'succeeded_by' AND u.tail = a.successor
    WHERE a.hops < 3 AND NOT list_contains(a.links, u.link_id)
)
SELECT z.id AS successor, z.name AS successor_name, a.id AS vendor, a.name AS vendor_name,
    s.head AS buyer, s.valid_from, after.hops, s.link_id AS supply, after.links AS successions
FROM after
JOIN graph.links AS s ON s.relation = 'supplies' AND s.tail = after.vendor
JOIN graph.entities AS z ON z.id = after.successor
JOIN graph.entities AS a ON a.id = after.vendor
WHERE ($successor IS NULL OR z.id = $successor)
    AND coalesce(s.outer_from, DATE '0001-01-01') <= after.latest
ORDER BY successor, hops, vendor, buyer, supply, successions
