SELECT s.id AS relay, s.publisher, s.origin AS via, r.id AS root, r.title AS root_title,
    (SELECT count(*) FROM graph.cites WHERE cites.source = s.id) AS claims
FROM graph.sources AS s JOIN graph.sources AS r ON r.id = s.root
WHERE s.origin IS NOT NULL AND ($origin IS NULL OR r.id = $origin)
ORDER BY r.id, via, relay
