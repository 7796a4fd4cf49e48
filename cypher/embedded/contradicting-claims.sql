SELECT c.id AS claim, c.status, c.relation, c.text, d.id AS other, d.status AS other_status,
    CASE
        WHEN d.about = c.id AND d.stance = 'refutes' THEN 'refutes'
        WHEN d.about = c.id THEN 'answers'
        ELSE 'same two ends'
    END AS how,
    d.text AS other_text
FROM graph.claims AS d
JOIN graph.claims AS c ON c.id <> d.id AND (
    c.id = d.about
    OR (c.subject = d.subject AND c.object = d.object AND d.status IN ('denied', 'disputed')
        AND c.status NOT IN ('denied', 'disputed'))
)
WHERE $party IS NULL OR c.subject = $party OR c.object = $party
ORDER BY claim, other
