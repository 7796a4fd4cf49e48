WITH pairs AS (
    SELECT unnest(a.country) AS origin, b.country AS destinations, s.link_id AS link,
        CASE WHEN s.contract IS NULL THEN [s.tail, s.head, s.valid_from, s.valid_to, s.as_of]
            ELSE [s.contract] END AS deal
    FROM graph.links AS s
    JOIN graph.entities AS a ON a.id = s.tail
    JOIN graph.entities AS b ON b.id = s.head
    WHERE s.relation = 'supplies'
),
every AS (SELECT origin, unnest(destinations) AS destination, link, deal FROM pairs)
SELECT origin, destination, count(DISTINCT deal) AS deals, list(link) AS links
FROM every
WHERE ($origin IS NULL OR origin = $origin)
    AND ($destination IS NULL OR destination = $destination)
GROUP BY origin, destination
ORDER BY origin, destination
