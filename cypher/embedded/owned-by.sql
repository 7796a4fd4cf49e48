WITH RECURSIVE below(company, hops, chain, links) AS (
    SELECT head, 1, [tail, head], [link_id]
    FROM graph.links WHERE relation = 'owns' AND tail = $owner
    UNION ALL
    SELECT w.head, u.hops + 1, list_append(u.chain, w.head), list_append(u.links, w.link_id)
    FROM below AS u JOIN graph.links AS w ON w.relation = 'owns' AND w.tail = u.company
    WHERE u.hops < 4 AND NOT list_contains(u.links, w.link_id)
)
SELECT company, c.name AS company_name, hops, chain, links,
    (
        SELECT count(DISTINCT CASE WHEN s.contract IS NULL
            THEN [s.head, s.valid_from, s.valid_to, s.as_of] ELSE [s.contract] END)
        FROM graph.links AS s WHERE s.relation = 'supplies' AND s.tail = company
    ) AS deals
FROM below JOIN graph.entities AS c ON c.id = company
ORDER BY hops, company, chain, links
