WITH met AS (
    SELECT * FROM graph.entities
    WHERE len(list_filter(
        list_prepend(name, aliases), lambda known: contains(lower(known), lower($text))
    )) > 0
)
SELECT met.id AS entity, met.kind, met.name, met.aliases, met.country,
    (SELECT count(*) FROM graph.links AS l WHERE met.id IN (l.tail, l.head)) AS links
FROM met
ORDER BY entity
