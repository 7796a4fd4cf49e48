// title: What sources say was paid
// topic: Contracts
// explains: Claims of supplies that give a value, as the source gives it. One value may stand for
//   several contracts, or for several years: read the claim.
// parameter currency: currency = null; only this currency, in three letters
// column claim: claim; the row of evidence
// column supplier: entity; who supplied
// column buyer: entity; who received
// column value: number; the amount
// column currency: text; its currency
// column form: word; order, award, delivery or reported transfer
// column valid_from: text; date, or the first of two dates, as the source writes it
// column status: word; status of the claim
// column text: text; what the source says, in short
// does not show: Supplies whose sources give no value; values in another currency than the
//   source's; sums.
// engines: neo4j, embedded
//
// :param currency => null

MATCH (c:Claim)
WHERE c.relation = 'supplies' AND c.value IS NOT NULL
  AND c.stance = 'supports' AND c.status <> 'withdrawn'
  AND ($currency IS NULL OR c.currency = $currency)
RETURN c.id AS claim, c.subject AS supplier, c.object AS buyer, c.value AS value,
  c.currency AS currency, c.form AS form, c.valid_from AS valid_from, c.status AS status,
  c.text AS text
ORDER BY supplier, buyer, claim
