"""The SQL that prunes a record to the links of admissible walks, built from `graph.record.grammar`.

The state of a walk is its place, its part and, after a supply, the tie of the next step: a contract
or product id, or 0 if the walk ends or continues to a lead. A step is possible where a walk has one
of its ties, so the statement need not look at each pair of supplies of a buyer. Entities joined by
`same_as` count as one place, because `same_as` costs no hop and works in both directions.

A step is kept if the fewest hops from an exporter to it, its own hops, and the fewest hops from it
to a target add up to $max_hops at most. The statement compares links, places and ties by hashes,
which take a fifth of the memory; a collision could only keep too many links.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.record.grammar import ENDS, LEADS, TURNS, WALKED, End, Part, Tie, Turn
from graph.record.vocabulary import Kind, Relation

#: The part of a walk that has followed a lead.
_LEAD = len(Part)
_NOTHING = "0::UBIGINT"


def _quoted(texts: tuple[str, ...]) -> str:
    return ", ".join(f"'{text}'" for text in texts)


def _column(end: End, kind: Kind) -> str:
    return f"{end.name.lower()}_is_{kind}"


def _placed() -> Iterator[str]:
    """Yield the columns of `placed`: the places of the ends, and the conditions of turns."""
    for end in End:
        name = end.name.lower()
        yield f"coalesce({name}_tied.place, hash({name})) AS {name}"
    yield "programme <> '' AS serves"
    for end, kind in sorted({turn.only for _, turn in TURNS if turn.only}):
        of_kind = f"SELECT id FROM entities WHERE kind = '{kind}'"
        yield f"{end.name.lower()} IN ({of_kind}) AS {_column(end, kind)}"


def _steps(relation: Relation, turn: Turn) -> Iterator[str]:
    """Yield the SELECTs of a turn: from the parts without ties, and from the supply part."""
    start, to = turn.start.name.lower(), turn.to.name.lower()
    where = [f"relation = '{relation}'"]
    where += ["serves"] if turn.to is End.PROGRAMME else []
    where += [_column(*turn.only)] if turn.only else []
    gives = "given.tie" if turn.part is Part.SUPPLY else _NOTHING
    tables = "placed" + (" JOIN given USING (link)" if turn.part is Part.SUPPLY else "")
    free = [part for part in turn.after if not turn.is_tied(part)]
    after = f"{turn.part:d}, {to}, {gives}, {turn.hops} FROM {tables}"
    if free:
        yield (
            f"SELECT link, {min(free):d}, {max(free):d}, {start}, {_NOTHING}, {after} "
            f"WHERE {' AND '.join(where)}"
        )
    for part in set(turn.after) - set(free):
        yield (
            f"SELECT link, {part:d}, {part:d}, {start}, carried.tie, {after} "
            f"JOIN carried USING (link) WHERE {' AND '.join(where)}"
        )


def _leads() -> Iterator[str]:
    for to, where in ((End.HEAD, ""), (End.PROGRAMME, " AND serves")):
        yield (
            f"SELECT link, {Part.SUPPLY:d}, {Part.SUPPLY:d}, tail, {_NOTHING}, {_LEAD}, "
            f"{to.name.lower()}, {_NOTHING}, 0 FROM placed "
            f"WHERE relation IN ({_quoted(LEADS)}){where}"
        )


_STEPS = "\n    UNION ALL ".join(
    [step for relation, turn in TURNS if turn.hops for step in _steps(relation, turn)] + [*_leads()]
)
_TIES = ", ".join(f"if({name} <> '', hash('{name}', {name}), NULL)" for name in Tie._fields)
#: Relations whose links continue a supply.
_TIED_RELATIONS = _quoted(
    tuple(dict.fromkeys(relation for relation, turn in TURNS if any(map(turn.is_tied, turn.after))))
)
_MAY_USE = _quoted((*WALKED, *LEADS))
_MAY_END = ", ".join(f"{part:d}" for part in (*ENDS, _LEAD))
_TIED = "\n    ".join(
    f"LEFT JOIN tied AS {name}_tied ON {name}_tied.id = hash({name})"
    for name in (end.name.lower() for end in End)
)

#: Links on admissible walks from $exporters to $targets (NULL means anywhere) within $max_hops, and
#: the links of leads to or beyond the targets.
RELEVANT_LINKS = f"""
WITH RECURSIVE
ties AS (
    SELECT hash(tail) AS a, hash(head) AS b FROM links WHERE relation = '{Relation.SAME_AS}'
    UNION
    SELECT hash(head), hash(tail) FROM links WHERE relation = '{Relation.SAME_AS}'
),
tied(id, place) USING KEY (id) AS (
    SELECT DISTINCT a, a FROM ties
    UNION
    SELECT b, min(tied.place) FROM tied
    JOIN ties ON a = tied.id
    JOIN recurring.tied AS known ON known.id = b
    WHERE tied.place < known.place GROUP BY b
),
placed AS MATERIALIZED (
    SELECT hash(link_id) AS link, relation, {", ".join(_placed())}
    FROM links
    {_TIED}
    WHERE relation IN ({_MAY_USE})
),
named AS (
    SELECT hash(link_id) AS link, unnest([{_TIES}]) AS tie FROM links
    WHERE relation IN ({_TIED_RELATIONS})
),
carried AS MATERIALIZED (  -- ids that several links share
    SELECT link, tie FROM named
    SEMI JOIN (SELECT tie FROM named GROUP BY tie HAVING count(*) > 1) AS shared USING (tie)
),
given AS (  -- the tie of a walk after a supply
    SELECT link, {_NOTHING} AS tie FROM placed WHERE relation = '{Relation.SUPPLIES}'
    UNION ALL FROM carried
),
-- a walk in a part from `since` to `until` with the tie `held` may take the step
steps(link, since, until, place, held, next_part, next_place, gives, hops) AS MATERIALIZED (
    {_STEPS}
),
given_exporters AS (
    SELECT coalesce(place, id) AS place
    FROM (SELECT hash(unnest($exporters::VARCHAR[])) AS id) LEFT JOIN tied USING (id)
),
given_targets AS (
    SELECT coalesce(place, id) AS place
    FROM (SELECT hash(unnest($targets::VARCHAR[])) AS id) LEFT JOIN tied USING (id)
),
onward(part, place, held, hops) USING KEY (part, place, held) AS (
    SELECT DISTINCT 0, place, {_NOTHING}, 0 FROM (
        SELECT place FROM steps WHERE since = 0 AND $exporters IS NULL
        UNION ALL FROM given_exporters
    )
    UNION
    SELECT next_part, next_place, gives, min(o.hops + s.hops)
    FROM onward AS o
    JOIN steps AS s ON s.place = o.place AND s.held = o.held AND o.part BETWEEN since AND until
    LEFT JOIN recurring.onward AS known
        ON known.part = next_part AND known.place = next_place AND known.held = gives
    WHERE o.hops + s.hops <= $max_hops AND o.hops + s.hops < coalesce(known.hops, $max_hops + 1)
    GROUP BY next_part, next_place, gives
),
back(part, place, held, hops) USING KEY (part, place, held) AS (
    SELECT part, place, held, 0 FROM onward
    WHERE part IN ({_MAY_END}) AND held = 0
        AND ($targets IS NULL OR place IN (FROM given_targets))
    UNION
    SELECT o.part, o.place, o.held, min(b.hops + s.hops)
    FROM back AS b
    JOIN steps AS s ON next_place = b.place AND next_part = b.part AND gives = b.held
    JOIN onward AS o
        ON o.place = s.place AND o.held = s.held AND o.part BETWEEN since AND until
    LEFT JOIN recurring.back AS known
        ON known.part = o.part AND known.place = o.place AND known.held = o.held
    WHERE o.hops + s.hops + b.hops <= $max_hops
        AND b.hops + s.hops < coalesce(known.hops, $max_hops + 1)
    GROUP BY o.part, o.place, o.held
),
chosen AS (
    SELECT link
    FROM back AS b
    JOIN steps AS s ON next_place = b.place AND next_part = b.part AND gives = b.held
    JOIN onward AS o ON o.place = s.place AND o.held = s.held AND o.part BETWEEN since AND until
    WHERE o.hops + s.hops + b.hops <= $max_hops
    UNION  -- leads beyond a target
    SELECT link FROM placed
    WHERE relation IN ({_quoted(LEADS)}) AND tail IN (
        SELECT place FROM back WHERE part = {Part.SUPPLY:d}
            AND ($targets IS NULL OR place IN (FROM given_targets))
    )
    UNION
    SELECT link FROM placed
    WHERE relation = '{Relation.SAME_AS}' AND tail IN (SELECT place FROM back)
)
SELECT * FROM links WHERE hash(link_id) IN (FROM chosen) ORDER BY link_id
"""
