// title: Claims that may contradict each other
// topic: Evidence
// explains: Claims beside those that refute or answer them, and beside those about the same two
//   ends that are denied or disputed.
// parameter party: entity = null; only claims with this subject or object
// column claim: claim; the claim
// column status: word; its status
// column relation: word; what it says
// column text: text; what its source says, in short
// column other: claim; the claim beside it
// column other_status: word; its status
// column how: word; refutes, answers, or same two ends
// column other_text: text; what its source says, in short
// does not show: Who is right. Claims about the same two ends may speak of different things, and
//   then contradict nothing: read both.
// engines: neo4j, embedded
//
// :param party => null

MATCH (d:Claim)
WHERE d.about IS NOT NULL OR d.status IN ['denied', 'disputed']
OPTIONAL MATCH (answered:Claim {id: d.about})
OPTIONAL MATCH (d)-[:SUBJECT]->(:Entity)<-[:SUBJECT]-(beside:Claim)
WHERE d.status IN ['denied', 'disputed'] AND beside.object = d.object
  AND NOT beside.status IN ['denied', 'disputed']
WITH d, collect(answered) + collect(beside) AS found
UNWIND found AS c
WITH DISTINCT c, d
WHERE c.id <> d.id AND ($party IS NULL OR c.subject = $party OR c.object = $party)
RETURN c.id AS claim, c.status AS status, c.relation AS relation, c.text AS text, d.id AS other,
  d.status AS other_status,
  CASE WHEN d.about = c.id AND d.stance = 'refutes' THEN 'refutes'
    WHEN d.about = c.id THEN 'answers' ELSE 'same two ends' END AS how,
  d.text AS other_text
ORDER BY claim, other
