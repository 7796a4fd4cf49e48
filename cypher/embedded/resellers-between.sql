SELECT a.id AS supplier, a.name AS supplier_name, r.id AS reseller, r.name AS reseller_name,
    b.id AS buyer, b.name AS buyer_name, coalesce(s.contract = t.contract, false) AS one_contract,
    coalesce(s.product = t.product, false) AS one_product,
    s.link_id AS link_in, t.link_id AS link_out
FROM graph.links AS s
JOIN graph.links AS t ON t.tail = s.head AND t.relation = 'supplies' AND t.link_id <> s.link_id
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS r ON r.id = s.head AND r.kind = 'company'
JOIN graph.entities AS b ON b.id = t.head
WHERE s.relation = 'supplies' AND a.id <> b.id
    AND ($supplier IS NULL OR a.id = $supplier)
    AND ($buyer IS NULL OR b.id = $buyer)
ORDER BY supplier, reseller, buyer, link_in, link_out
