SELECT s.contract, list(DISTINCT s.tail) AS suppliers, list(DISTINCT s.head) AS buyers,
    list(DISTINCT c.programme) FILTER (c.programme IS NOT NULL) AS programmes,
    list(DISTINCT c.product) FILTER (c.product IS NOT NULL) AS products,
    list(DISTINCT c.id) AS claims
FROM graph.links AS s
JOIN graph.carried_by AS carried USING (link_id)
JOIN graph.claims AS c ON c.id = carried.claim
WHERE s.relation = 'supplies' AND ($contract IS NULL OR s.contract = $contract)
GROUP BY s.contract
HAVING s.contract IS NOT NULL
    AND ($party IS NULL OR list_contains(suppliers, $party) OR list_contains(buyers, $party))
ORDER BY s.contract
