SELECT c.id AS claim, c.subject AS supplier, c.object AS buyer, c.value, c.currency, c.form,
    c.valid_from, c.status, c.text
FROM graph.claims AS c
WHERE c.relation = 'supplies' AND c.value IS NOT NULL
    AND c.stance = 'supports' AND c.status <> 'withdrawn'
    AND ($currency IS NULL OR c.currency = $currency)
ORDER BY supplier, buyer, claim
