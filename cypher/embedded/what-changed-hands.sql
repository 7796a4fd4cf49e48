WITH changes AS (
    SELECT unnest(['begins', 'ends', 'succession']) AS change, *
    FROM graph.links WHERE relation IN ('owns', 'succeeded_by')
),
dated AS (
    SELECT *,
        CASE WHEN change = 'ends' AND NOT inner_empty THEN inner_to ELSE outer_from END AS first_day,
        CASE WHEN change = 'begins' AND NOT inner_empty THEN inner_from ELSE outer_to END AS last_day
    FROM changes
    WHERE (change = 'succession') = (relation = 'succeeded_by')
        AND ((change = 'begins' AND valid_from IS NOT NULL)
            OR (change = 'ends' AND valid_to IS NOT NULL)
            OR (change = 'succession' AND NOT undated))
)
SELECT change, first_day, last_day, a.id AS former, a.name AS former_name, b.id AS latter,
    b.name AS latter_name, link_id AS link, claim_ids AS claims
FROM dated
JOIN graph.entities AS a ON a.id = tail
JOIN graph.entities AS b ON b.id = head
WHERE coalesce(first_day, DATE '0001-01-01') <= $until::DATE
    AND coalesce(last_day, DATE '9999-12-31') >= $since::DATE
ORDER BY first_day, last_day, change, former, latter, link
