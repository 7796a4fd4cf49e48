SELECT l.tail, l.relation, l.head, l.line, l.statuses, l.claim_ids AS claims,
    l.refuting_ids AS refuting, l.withdrawn_ids AS withdrawn, l.link_id AS link
FROM graph.links AS l
WHERE len(l.refuting_ids) > 0 OR len(l.withdrawn_ids) > 0
    OR list_contains(l.statuses, 'denied') OR list_contains(l.statuses, 'disputed')
ORDER BY l.tail, l.relation, l.head, link
