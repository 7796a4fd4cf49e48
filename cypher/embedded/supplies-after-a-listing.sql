WITH ends AS (
    SELECT link_id, tail AS party FROM graph.links WHERE relation = 'supplies'
    UNION
    SELECT link_id, head FROM graph.links WHERE relation = 'supplies'
)
SELECT s.tail AS supplier, s.head AS buyer, s.valid_from, l.tail AS listed, l.head AS instrument,
    l.valid_from AS listed_since, coalesce(s.outer_from >= l.inner_from, false) AS certain,
    s.link_id AS supply, l.link_id AS listing
FROM ends
JOIN graph.links AS s ON s.link_id = ends.link_id
JOIN graph.links AS l ON l.relation = 'listed_in' AND l.tail = ends.party
WHERE NOT s.undated AND l.valid_from IS NOT NULL
    AND ($instrument IS NULL OR l.head = $instrument)
    AND coalesce(s.outer_to, DATE '9999-12-31') >= l.outer_from
    AND coalesce(l.outer_to, DATE '9999-12-31') >= coalesce(s.outer_from, DATE '0001-01-01')
ORDER BY supplier, buyer, s.valid_from, listed, instrument, supply, listing
