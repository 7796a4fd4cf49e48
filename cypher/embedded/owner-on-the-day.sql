SELECT a.id AS supplier, a.name AS supplier_name, s.head AS buyer, s.valid_from AS supplied_from,
    s.valid_to AS supplied_to, o.id AS owner, o.name AS owner_name, w.valid_from AS owned_from,
    w.valid_to AS owned_to, w.as_of AS known_as_of,
    NOT w.inner_empty
    AND coalesce(w.inner_from, DATE '0001-01-01') <= coalesce(s.outer_from, DATE '0001-01-01')
    AND coalesce(w.inner_to, DATE '9999-12-31') >= coalesce(s.outer_to, DATE '9999-12-31') AS certain,
    s.link_id AS supply, w.link_id AS ownership
FROM graph.links AS s
JOIN graph.links AS w ON w.head = s.tail AND w.relation = 'owns'
JOIN graph.entities AS a ON a.id = s.tail
JOIN graph.entities AS o ON o.id = w.tail
WHERE s.relation = 'supplies'
    AND ($supplier IS NULL OR a.id = $supplier)
    AND ($buyer IS NULL OR s.head = $buyer)
    AND coalesce(w.outer_from, DATE '0001-01-01') <= coalesce(s.outer_to, DATE '9999-12-31')
    AND coalesce(w.outer_to, DATE '9999-12-31') >= coalesce(s.outer_from, DATE '0001-01-01')
ORDER BY supplier, buyer, supplied_from, owner, supply, ownership
