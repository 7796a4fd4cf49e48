// title: Supplies after a listing
// topic: Listings and procedures
// explains: Dated supplies of which one side was on a list, where the supply may have come after
//   the listing began. `certain` says that it did on every reading of the dates.
// parameter instrument: entity = null; only this list
// column supplier: entity; who supplied
// column buyer: entity; who received
// column valid_from: text; date of the supply, or the first of two dates, as a source writes it
// column listed: entity; which of the two is listed
// column instrument: entity; the list
// column listed_since: text; since when, as a source writes it
// column certain: boolean; whether the supply came later on every reading of the dates
// column supply: link; the supply
// column listing: link; the listing
// does not show: Whether the list forbade the supply: most lists do not bind everybody, nor every
//   kind of goods. Supplies and listings without a date.
// engines: neo4j, embedded
//
// :param instrument => null

MATCH (i:Instrument)<-[l:LISTED_IN]-(x:Entity)-[s:SUPPLIES]-(:Entity)
WHERE NOT s.undated AND l.valid_from IS NOT NULL
  AND ($instrument IS NULL OR i.id = $instrument)
  AND coalesce(s.outer_to, date('9999-12-31')) >= l.outer_from
  AND coalesce(l.outer_to, date('9999-12-31')) >= coalesce(s.outer_from, date('0001-01-01'))
RETURN startNode(s).id AS supplier, endNode(s).id AS buyer, s.valid_from AS valid_from,
  x.id AS listed, i.id AS instrument, l.valid_from AS listed_since,
  coalesce(s.outer_from >= l.inner_from, false) AS certain, s.link_id AS supply,
  l.link_id AS listing
ORDER BY supplier, buyer, valid_from, listed, instrument, supply, listing
