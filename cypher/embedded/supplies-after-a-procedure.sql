WITH steps AS (
    SELECT * FROM graph.claims
    WHERE relation = 'says' AND stage IS NOT NULL AND status <> 'withdrawn'
        AND valid_from IS NOT NULL AND ($stage IS NULL OR stage = $stage)
),
parties AS (
    SELECT id, subject AS party FROM steps
    UNION
    SELECT id, object FROM steps WHERE object IS NOT NULL
)
SELECT a.id AS supplier, a.name AS supplier_name, s.head AS buyer, s.valid_from, c.stage, c.status,
    c.valid_from AS stage_date, coalesce(s.outer_from >= c.inner_from, false) AS certain,
    s.link_id AS supply, c.id AS procedure
FROM steps AS c
JOIN parties USING (id)
JOIN graph.links AS s ON s.relation = 'supplies' AND s.tail = parties.party
JOIN graph.entities AS a ON a.id = s.tail
WHERE NOT s.undated AND coalesce(s.outer_to, DATE '9999-12-31') >= c.outer_from
ORDER BY supplier, buyer, s.valid_from, stage_date, supply, procedure
