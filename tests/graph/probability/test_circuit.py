"""A circuit computes what it says, exactly, and tells what each weight matters."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from graph.probability.circuit import ALWAYS, NEVER, Circuit, Node, Values

TENTHS = [Fraction(n, 10) for n in range(11)]


def formula(rng: random.Random, left: list[str], depth: int) -> object:
    """A formula over independent things: a name is asked for once on each way."""
    if depth == 0 or len(left) == 1:
        return rng.choice(left)
    if rng.random() < 0.3:
        pivot, *others = left
        return ["branch", pivot, formula(rng, others, depth - 1), formula(rng, others, depth - 1)]
    cut = rng.randint(1, len(left) - 1)
    what = rng.choice(["product", "either", "complement"])
    if what == "complement":
        return [what, formula(rng, left, depth - 1)]
    return [what, formula(rng, left[:cut], depth - 1), formula(rng, left[cut:], depth - 1)]


def made(circuit: Circuit, weights: dict[str, Fraction], asked: Any) -> Node:
    if isinstance(asked, str):
        return circuit.weight(weights[asked], asked)
    what, *parts = asked
    below = [made(circuit, weights, part) for part in parts]
    match what:
        case "branch":
            return circuit.branch(*below)
        case "product":
            return circuit.product(below)
        case "either":
            return circuit.either(below)
        case _:
            return circuit.complement(*below)


def worked_out(weights: dict[str, Fraction], asked: Any) -> Fraction:
    if isinstance(asked, str):
        return weights[asked]
    what, *parts = asked
    below = [worked_out(weights, part) for part in parts]
    match what:
        case "branch":
            return below[0] * below[1] + (1 - below[0]) * below[2]
        case "product":
            return below[0] * below[1]
        case "either":
            return 1 - (1 - below[0]) * (1 - below[1])
        case _:
            return 1 - below[0]


def test_random_formulas_and_every_change_of_one_weight() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        names = list("abcdefgh")[: rng.randint(1, 8)]
        weights = {name: rng.choice(TENTHS) for name in names}
        asked = formula(rng, names, rng.randint(1, 4))
        circuit = Circuit()
        values = Values(circuit, made(circuit, weights, asked))
        assert values.number == float(worked_out(weights, asked)), seed
        for name in names:
            for value in (Fraction(0), Fraction(3, 10), Fraction(1)):
                then = float(worked_out(weights | {name: value}, asked))
                assert values.with_weight(name, value) == then, (seed, name)


def test_the_same_is_made_once() -> None:
    circuit = Circuit()
    a, b = (circuit.weight(Fraction(1, 2), of) for of in "ab")
    assert circuit.product([a, b]) == circuit.product([b, a])
    assert circuit.complement(circuit.complement(a)) == a
    assert a != b == circuit.weight(Fraction(1, 2), "b")


def test_what_is_sure_is_no_gate() -> None:
    circuit = Circuit()
    a = circuit.weight(Fraction(1, 2))
    assert circuit.weight(Fraction(0)) == NEVER
    assert circuit.weight(Fraction(1)) == ALWAYS
    assert circuit.product([a, ALWAYS]) == circuit.sum([a, NEVER]) == a
    assert circuit.product([a, NEVER]) == circuit.sum([]) == NEVER
    assert circuit.either([a, ALWAYS]) == circuit.product([]) == ALWAYS
    assert circuit.branch(a, ALWAYS, NEVER) == a


def test_a_name_that_is_not_there_changes_nothing() -> None:
    circuit = Circuit()
    assert Values(circuit, ALWAYS).with_weight("nobody", Fraction(0)) == 1
    assert Values(circuit, NEVER).number == 0
