SELECT s.id AS document, s.title, s.publisher, s.type, s.read_scope,
    (SELECT count(*) FROM graph.cites WHERE cites.source = s.id) AS citing,
    (SELECT count(*) FROM graph.rests_on WHERE rests_on.source = s.id) AS resting
FROM graph.sources AS s
WHERE s.read_scope <> 'whole text' AND ($type IS NULL OR s.type = $type)
ORDER BY document
