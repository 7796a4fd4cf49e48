WITH RECURSIVE ties AS (
    SELECT tail AS a, head AS b FROM graph.links
    WHERE relation IN ('owns', 'succeeded_by', 'same_as', 'supplies')
    UNION
    SELECT head, tail FROM graph.links
    WHERE relation IN ('owns', 'succeeded_by', 'same_as', 'supplies')
),
reached(id, hops) AS (
    SELECT id, 0 FROM graph.entities WHERE id = $entity
    UNION
    SELECT ties.b, hops + 1 FROM reached JOIN ties ON ties.a = reached.id
    WHERE hops < least($hops, 4)
),
nearest AS (SELECT id, min(hops) AS hops FROM reached GROUP BY id)
SELECT e.id AS party, e.name AS party_name, nearest.hops, list(DISTINCT l.head) AS instruments
FROM nearest
JOIN graph.entities AS e USING (id)
JOIN graph.links AS l ON l.tail = e.id AND l.relation = 'listed_in'
GROUP BY ALL
ORDER BY nearest.hops, party
