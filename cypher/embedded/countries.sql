WITH pairs AS (
    SELECT unnest(a.country) AS origin, b.country AS destinations, s.link_id AS link
    FROM graph.links AS s
    JOIN graph.entities AS a ON a.id = s.tail
    JOIN graph.entities AS b ON b.id = s.head
    WHERE s.relation = 'supplies'
),
every AS (SELECT origin, unnest(destinations) AS destination, link FROM pairs)
SELECT origin, destination, count(*) AS supplies, list(link) AS links
FROM every
WHERE ($origin IS NULL OR origin = $origin)
    AND ($destination IS NULL OR destination = $destination)
GROUP BY origin, destination
ORDER BY origin, destination
