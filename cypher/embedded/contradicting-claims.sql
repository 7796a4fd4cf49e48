WITH pairs AS (
    SELECT about AS claim, id AS other FROM graph.claims WHERE about <> id
    UNION
    SELECT c.id, d.id
    FROM graph.claims AS d
    JOIN graph.claims AS c ON c.subject = d.subject AND c.object = d.object AND c.id <> d.id
    WHERE d.status IN ('denied', 'disputed') AND c.status NOT IN ('denied', 'disputed')
)
SELECT c.id AS claim, c.status, c.relation, c.text, d.id AS other, d.status AS other_status,
    CASE
        WHEN d.about = c.id AND d.stance = 'refutes' THEN 'refutes'
        WHEN d.about = c.id THEN 'answers'
        ELSE 'same two ends'
    END AS how,
    d.text AS other_text
FROM pairs
JOIN graph.claims AS c ON c.id = pairs.claim
JOIN graph.claims AS d ON d.id = pairs.other
WHERE $party IS NULL OR c.subject = $party OR c.object = $party
ORDER BY c.id, d.id
