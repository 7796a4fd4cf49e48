WITH met AS (
    SELECT * FROM graph.entities
    WHERE len(list_filter(
        list_prepend(name, aliases), lambda known: contains(
            replace(lower(replace(known, 'İ', 'i̇')), 'ς', 'σ'),
            replace(lower(replace($text, 'İ', 'i̇')), 'ς', 'σ')
        )
    )) > 0
),
ends AS (
    SELECT link_id, tail AS id FROM graph.links
    UNION
    SELECT link_id, head FROM graph.links
)
SELECT met.id AS entity, met.kind, met.name, met.aliases, met.country,
    (SELECT count(*) FROM ends WHERE ends.id = met.id) AS links
FROM met
ORDER BY entity
