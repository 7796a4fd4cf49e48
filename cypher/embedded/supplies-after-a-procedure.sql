SELECT a.id AS supplier, a.name AS supplier_name, s.head AS buyer, s.valid_from, c.stage, c.status,
    c.valid_from AS stage_date, coalesce(s.outer_from >= c.inner_from, false) AS certain,
    s.link_id AS supply, c.id AS procedure
FROM graph.claims AS c
JOIN graph.links AS s ON s.relation = 'supplies' AND s.tail IN (c.subject, c.object)
JOIN graph.entities AS a ON a.id = s.tail
WHERE c.relation = 'says' AND c.stage IS NOT NULL AND c.status <> 'withdrawn'
    AND c.valid_from IS NOT NULL AND ($stage IS NULL OR c.stage = $stage)
    AND NOT s.undated
    AND coalesce(s.outer_to, DATE '9999-12-31') >= c.outer_from
ORDER BY supplier, buyer, s.valid_from, stage_date, supply, procedure
