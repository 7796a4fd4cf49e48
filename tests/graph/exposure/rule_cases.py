"""Cases of the rules in a small notation, and every way in which walks are found.

A row is `subject relation object`, then its dates (`2015`, `2005..2009`, `2005..`, `..2009`), `@`
and the day that a state is known of, and any field of a claim (`contract=deal`). Beside claims:
`unit lives 2005..2014` (founded and dissolved), `unit in DE,US`, `x is public_body`. Rows are told
apart by semicolons. All evidence is sure, unless a row says otherwise, so that a score is 0 or 1.
Supplies and contributions are of one product, which ties them, unless a row has a `product=` of its
own, be it an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graph.exposure.engine import exposure, scores
from graph.exposure.estimate import estimate_of
from graph.exposure.path_sets.dense import Dense
from graph.exposure.path_sets.expand import expand
from graph.exposure.path_sets.pair import path_set_of_pair
from graph.network.build import Network, from_records
from graph.paths.question import Question
from graph.probability.methods import LinkProbabilities
from graph.record.model import Entity
from graph.record.vocabulary import Kind
from tests.graph.random_records import Record
from tests.graph.validate.rows import claim, entity, source

KINDS = {
    "police": "public_body",
    "ministry": "public_body",
    "league": "organisation",
    "shield": "programme",
    "net": "programme",
    "sky": "programme",
    "sanctions": "instrument",
}
LIFE = ("founded", "dissolved")
INTERVAL = ("valid_from", "valid_to")


class Case(NamedTuple):
    """A rule in brief, and what it says of the walks from x."""

    name: str
    walks: int
    verdict: str
    goal: str
    rows: str

    def holds(self) -> None:
        """Fail unless every way of finding walks says what the rule says."""
        for way, result in every_way(network_of(self.rows), self.goal).items():
            assert result[1:] == EXPECTED[self.verdict], way
            assert result.walks in (self.walks, None), way


class Found(NamedTuple):
    """What one way finds: how many walks there are (None: not counted), and two scores."""

    walks: int | None
    possible: float
    certain: float


EXPECTED = {"no": (0.0, 0.0), "possible": (1.0, 0.0), "certain": (1.0, 1.0)}


def cases(table: str) -> Iterator[Case]:
    """Read a table: a line names a case, indented ones are `[walks] verdict [goal]: rows`.

    Lines that begin with `#` say the rule that the cases below them are of.
    """
    name, body = "", ""
    for line in (*table.splitlines(), "end"):
        if line.startswith(" "):
            body += line.strip() + " "
        elif line and not line.startswith("#"):
            if body:
                yield _case(name, body)
            name, body = line, ""


def _case(name: str, body: str) -> Case:
    head, _, rows = body.partition(":")
    words = head.split()
    walks = int(words.pop(0)) if words[0].isdigit() else int(words[0] != "no")
    return Case(name, walks, words[0], words[1] if len(words) > 1 else "police", rows)


def record(rows: str) -> Record:
    """Read rows; an entity that is not in `KINDS` is a company."""
    entities: dict[str, dict[str, object]] = {"x": {}, "police": {}}
    claims, sources = [], []
    for number, row in enumerate((text.split() for text in rows.split(";")), start=1):
        subject, relation, *more = row
        known = entities.setdefault(subject, {})
        match relation:
            case "lives":
                known |= _interval(more[0], LIFE)
            case "in":
                known["country"] = tuple(more[0].split(","))
            case "is":
                known["kind"] = more[0]
            case _:
                fields = _fields(more[1:])
                if relation in ("supplies", "contributes_to"):
                    fields = {"product": "camera"} | fields
                for end in (more[0], str(fields.get("programme", ""))):
                    if end:
                        entities.setdefault(end, {})
                if product := str(fields.get("product", "")):
                    entities.setdefault(product, {"kind": "product"})
                root = str(fields.pop("from", f"s{number}"))
                sources.append(source(root, reliability=1.0))
                made = {"strength": 1.0, "sources": (root,), "object": more[0]} | fields
                claims.append(claim(str(number), subject=subject, relation=relation, **made))
    return Record([_entity(key, fields) for key, fields in entities.items()], sources, claims)


def _entity(key: str, fields: dict[str, object]) -> Entity:
    given: dict[str, Any] = {"kind": KINDS.get(key, "company")} | fields
    return entity(key, **given)


def _fields(words: list[str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for word in words:
        if word.startswith("@"):
            fields["as_of"] = word[1:]
        elif "=" in word:
            key, _, value = word.partition("=")
            fields[key] = value
        else:
            fields |= _interval(word, INTERVAL)
    return fields


def _interval(word: str, names: tuple[str, str]) -> dict[str, object]:
    first, _, last = word.partition("..")
    return dict(zip(names, (first, last), strict=True))


def network_of(rows: str) -> Network:
    """Make the network of some rows."""
    return from_records(*record(rows))


def every_way(network: Network, goal: str) -> dict[str, Found]:
    """Ask for the walks from x by the plain search, and by each of the kernels.

    `scores` is asked as well, of companies: by the kernels where the test has set
    `graph.exposure.path_sets.collect.PLAIN` to 0.
    """
    plain = exposure(network, Question.between("x", goal), method="exact")
    results = {"plain search": Found(plain.paths, plain.score, plain.certain)}
    weighed = LinkProbabilities(network)
    pair = path_set_of_pair(network, Question.between("x", goal))
    chances = [
        estimate_of(weighed.chances(), pair, certain=certain).value for certain in (False, True)
    ]
    results["kernel, a pair"] = Found(pair.total, *chances)
    if network.nodes["x"]["kind"] is Kind.COMPANY:
        of_pair = [
            (score.paths, score.score, score.certain)
            for score in scores(network, Question.between("x", goal))
        ]
        results["scores of all"] = Found(*(of_pair[0] if of_pair else (0, 0.0, 0.0)))
    states = expand(network, Question.between("x", goal))
    if states.exact:
        dense = Dense(states.links, states.possible, states.certain)
        event = weighed.chances().event
        shares = [dense.bounds(event, 1, certain=certain)[0] / 64 for certain in (False, True)]
        results["states"] = Found(None, *shares)
    return results
