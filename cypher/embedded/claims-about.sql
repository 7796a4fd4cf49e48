SELECT c.id AS claim, c.subject, c.relation, c.object, c.status, c.stance, c.valid_from, c.valid_to,
    c.sources, (
        SELECT count(*) FROM graph.replies AS r
        WHERE r.claim = c.id AND r.kind <> 'none_readable'
    ) AS replies, c.text
FROM graph.claims AS c
WHERE $entity IN (c.subject, c.object, c.programme, c.product)
ORDER BY claim, c.subject, c.object
