"""Where to look next: networkx' PageRank, the same bits in any order, each with its links."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import networkx as nx
import numpy as np
import pytest

from graph.dataset import Archive
from graph.errors import UnknownIdError, UsageError
from graph.exposure.engine import exposure
from graph.network.build import Network, from_records, links_by_id
from graph.network.look_next import look_next
from graph.network.nearby import network_near
from graph.paths.question import Question
from graph.record.model import Claim, Entity
from graph.record.vocabulary import Kind, Relation, Status
from graph.stores import open_store
from tests.graph.random_records import Record, random_record


def network(*rows: tuple[str, Relation, str] | tuple[str, Relation, str, str]) -> Network:
    """Companies a…, bodies b…, programmes p…; row number n is claim kn, of one source."""
    ids = sorted({end for row in rows for end in (row[0], *row[2:])})
    kind = {"p": Kind.PROGRAMME, "b": Kind.PUBLIC_BODY}
    entities = [
        Entity(set="t", id=one, kind=kind.get(one[0], Kind.COMPANY), name=one) for one in ids
    ]
    claims = [
        Claim(
            set="t", id=f"k{n}", subject=row[0], relation=row[1], object=row[2],
            programme="".join(row[3:]), status=Status.REPORTED, strength=0.5, sources=("s",),
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return from_records(entities, [], claims)


def by_definition(made: Network, seeds: set[str], alpha: float) -> dict[str, float]:
    """The stationary distribution of networkx' own matrix, by solving the equations."""
    view: nx.Graph[str] = nx.Graph()
    view.add_nodes_from(made)
    for link in links_by_id(made).values():
        ends = [link.tail, link.head, *filter(None, [link.programme])]
        view.add_edges_from((one, other) for one in ends for other in ends if one != other)
    order = list(view)
    matrix = nx.google_matrix(view, alpha, personalization=dict.fromkeys(seeds, 1))
    equations = np.vstack([np.asarray(matrix).T - np.eye(len(order)), np.ones(len(order))])
    solved, *_ = np.linalg.lstsq(equations, np.array([0.0] * len(order) + [1.0]))
    return dict(zip(order, solved, strict=True))


def test_the_values_are_those_of_networkx() -> None:
    compared = 0
    for seed in range(120):
        rng = random.Random(seed)
        record = random_record(seed, claims=rng.randint(3, 14))
        made = from_records(*record)
        seeds = set(rng.sample(sorted(made), rng.randint(1, 3)))
        alpha = rng.choice([0.5, 0.85, 0.95])
        want = by_definition(made, seeds, alpha)
        found = look_next(made, seeds, top=None, alpha=alpha)
        got = {one.id: one.nearness for one in found.suggestions}
        assert got == pytest.approx({one: want[one] for one in got}, abs=1e-9), seed
        left = [want[one] for one in set(made) - seeds - set(got)]
        assert left == pytest.approx([0] * len(left), abs=1e-9)  # not linked to the seeds at all
        assert found.total == len(got)
        compared += len(got)
    assert compared > 500


def relabelled(record: Record, names: dict[str, str]) -> Record:
    entities = [msgspec.structs.replace(one, id=names[one.id]) for one in record.entities]
    claims = [
        msgspec.structs.replace(
            one,
            subject=names[one.subject],
            object=names[one.object],
            programme=names.get(one.programme, ""),
        )
        for one in record.claims
    ]
    return record._replace(entities=entities, claims=claims)


def test_neither_the_order_of_rows_nor_other_ids_move_a_bit() -> None:
    for seed in range(60):
        rng = random.Random(seed)
        record = random_record(seed, claims=14)
        seeds = [one.id for one in rng.sample(record.entities, 2)]
        found = look_next(from_records(*record), seeds)
        assert look_next(from_records(*record.shuffled(rng)), reversed(seeds)) == found
        old = [one.id for one in record.entities]
        new = [f"x{number}" for number in range(len(old))]
        names = dict(zip(old, rng.sample(new, len(new)), strict=True))
        other = look_next(from_records(*relabelled(record, names)), [names[one] for one in seeds])
        assert {one.id: one.nearness for one in other.suggestions} == {
            names[one.id]: one.nearness for one in found.suggestions
        }


def test_nearest_first_ties_by_id_without_the_seeds() -> None:
    made = network(
        ("a", Relation.OWNS, "a3"),
        ("a", Relation.OWNS, "a2"),
        ("a", Relation.OWNS, "a1"),
        ("a1", Relation.SUPPLIES, "b"),
    )
    found = look_next(made, ["a", "a"])
    assert [(one.id, one.steps) for one in found.suggestions] == [
        ("a1", 1), ("a2", 1), ("a3", 1), ("b", 2),
    ]  # fmt: skip
    assert found.suggestions[1].nearness == found.suggestions[2].nearness
    assert found.suggestions[3].kind is Kind.PUBLIC_BODY
    least = look_next(made, ["a"], top=1)
    assert (least.total, least.suggestions) == (4, found.suggestions[:1])


def way(made: Network, seeds: list[str], wanted: str) -> list[tuple[str, str, list[str]]]:
    (one,) = [one for one in look_next(made, seeds).suggestions if one.id == wanted]
    return [
        (tie.nearer, tie.farther, sorted(row for link in tie.links for row in link.claim_ids))
        for tie in one.ties
    ]


def test_each_suggestion_shows_the_links_that_lead_to_it() -> None:
    made = network(
        ("a", Relation.OWNS, "a1"),
        ("a1", Relation.SUPPLIES, "b"),
        ("a1", Relation.SAME_AS, "b"),
        ("a9", Relation.SUPPLIES, "b"),
        ("a", Relation.OWNS, "a2"),
        ("a2", Relation.SUPPLIES, "b"),
        ("a2", Relation.OWNS, "a5"),
        ("a2", Relation.OWNS, "a6"),
        ("a7", Relation.OWNS, "a1"),
        ("a8", Relation.OWNS, "a1"),
        ("a1", Relation.SUPPLIES, "b1"),
    )
    assert way(made, ["a"], "a1") == [("a", "a1", ["k0"])]
    assert way(made, ["a"], "a9") == [  # over a2, which has fewer others to lend to than a1
        ("a", "a2", ["k4"]),
        ("a2", "b", ["k5"]),
        ("b", "a9", ["k3"]),
    ]
    assert way(made, ["a9", "a1", "a"], "b") == [("a1", "b", ["k1", "k2"]), ("a9", "b", ["k3"])]


def test_a_supply_links_its_programme_too() -> None:
    made = network(("a", Relation.SUPPLIES, "b", "p"))
    assert way(made, ["a"], "p") == [("a", "p", ["k0"])]
    assert way(made, ["p"], "b") == [("p", "b", ["k0"])]


def test_how_often_it_is_said_counts_for_nothing() -> None:
    once = network(("a", Relation.SUPPLIES, "b"), ("a", Relation.SUPPLIES, "b2"))
    again = network(
        ("a", Relation.SUPPLIES, "b"),
        ("a", Relation.SUPPLIES, "b2"),
        ("a", Relation.SUPPLIES, "b"),
        ("a", Relation.SAME_AS, "b"),
    )
    values = [one.nearness for one in look_next(once, ["a"]).suggestions]
    assert [one.nearness for one in look_next(again, ["a"]).suggestions] == values


def test_what_is_linked_to_itself_is_no_nearer() -> None:
    plain = network(("a", Relation.OWNS, "a1"), ("a1", Relation.OWNS, "a2"))
    loop = network(
        ("a", Relation.OWNS, "a1"), ("a1", Relation.OWNS, "a2"), ("a1", Relation.OWNS, "a1")
    )
    assert loop.number_of_edges() == 3
    assert look_next(loop, ["a"]) == look_next(plain, ["a"])


def test_a_seed_without_links_leaves_the_others_their_answer() -> None:
    made = network(("a", Relation.OWNS, "a1"), ("a2", Relation.SAME_AS, "a2"))
    assert look_next(made, ["a2"]).total == 0
    alone, both = look_next(made, ["a"]), look_next(made, ["a", "a2"])
    assert [one.id for one in both.suggestions] == ["a1"]
    assert both.suggestions[0].nearness < alone.suggestions[0].nearness


def test_it_is_no_score() -> None:
    """A link that is on no path of the pair leaves its exposure, and moves what is near."""
    rows = (("a", Relation.SUPPLIES, "b"), ("a", Relation.OWNS, "a1"))
    made, more = network(*rows), network(*rows, ("a2", Relation.OWNS, "a1"))
    assert exposure(more, Question.between("a", "b")) == exposure(made, Question.between("a", "b"))
    before, after = (look_next(one, ["a"]).suggestions for one in (made, more))
    assert (before[1].id, after[1].id) == ("b", "b")
    assert before[1].nearness != after[1].nearness


def test_bad_questions_are_sentences() -> None:
    with pytest.raises(UnknownIdError, match="No entity has the id 'a'"):
        look_next(from_records([], [], []), ["a"])
    made = network(("a", Relation.OWNS, "a1"))
    with pytest.raises(UnknownIdError, match="'nobody'"):
        look_next(made, ["a", "nobody"])
    with pytest.raises(UsageError, match="Name one or more"):
        look_next(made, [])
    for alpha in (-0.1, 1.0, float("nan")):
        with pytest.raises(UsageError, match="less than 1"):
            look_next(made, ["a"], alpha=alpha)


def test_the_network_near_grows_with_the_steps(ingested: Path) -> None:
    def steps_in(made: Network) -> dict[str, int]:
        return {one.id: one.steps for one in look_next(made, ["kamera-ab"], top=None).suggestions}

    with open_store(Archive(ingested)) as store:
        all_of_it, none = network_near(store, ["kamera-ab"], 12)
        whole = steps_in(all_of_it)
        assert none == {}
        assert max(whole.values()) > 3
        for steps in range(1, max(whole.values()) + 1):
            made, left_out = network_near(store, ["kamera-ab"], steps)
            assert steps_in(made) == {one: away for one, away in whole.items() if away <= steps}
            assert left_out == {"steps": sum(away == steps for away in whole.values())}


def test_a_step_that_would_follow_too_many_is_not_begun(ingested: Path) -> None:
    with open_store(Archive(ingested)) as store:
        near = {row["link_id"] for row in store.neighbours("kamera-ab").to_pylist()}
        cut, left_out = network_near(store, ["kamera-ab"], 6, most_followed=2)
    assert set(links_by_id(cut)) == near
    assert left_out == {"followed": len(cut) - 1}
