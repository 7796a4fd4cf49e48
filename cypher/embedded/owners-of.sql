WITH RECURSIVE above(owner, hops, chain, links) AS (
    SELECT tail, 1, [tail, head], [link_id]
    FROM graph.links WHERE relation = 'owns' AND head = $company
    UNION ALL
    SELECT w.tail, u.hops + 1, list_prepend(w.tail, u.chain), list_prepend(w.link_id, u.links)
    FROM above AS u JOIN graph.links AS w ON w.relation = 'owns' AND w.head = u.owner
    WHERE u.hops < 4 AND NOT list_contains(u.links, w.link_id)
)
SELECT owner, o.name AS owner_name, hops, chain, links
FROM above JOIN graph.entities AS o ON o.id = owner
ORDER BY hops, owner, chain, links
