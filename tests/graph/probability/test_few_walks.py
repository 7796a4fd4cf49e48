"""A few walks by inclusion and exclusion: the reference to the last bit, or no answer."""

from __future__ import annotations

import random
from fractions import Fraction

from graph.probability.few_walks import FEW, chance_of_few
from graph.probability.reference import Event, EvidencePiece, Latent, LatentKind, chance
from tests.graph.probability.test_exact import event


def shared(seed: int) -> Event:
    """Links with one piece each; origins and words are shared by several links."""
    rng = random.Random(seed)
    made = Event({}, {}, {})
    cuts: dict[Latent, set[Fraction]] = {}
    for number in range(rng.randint(1, 7)):
        origin = f"o{rng.randrange(3)}"
        sound = Latent(origin, LatentKind.R)
        word = Latent(origin, LatentKind.U, (f"ends {rng.randrange(4)}",))
        strength = Fraction(rng.choice(["0", "0.35", "0.8", "1"]))
        trust = Fraction(rng.choice(["0", "0.15", "0.9", "1"]))
        made.odds.setdefault(sound, ((Fraction(1), trust), (Fraction(0), 1 - trust)))
        cuts.setdefault(word, set()).add(strength)
        made.pro[f"l{number}"] = (EvidencePiece(sound, word, strength),)
        made.contra[f"l{number}"] = ()
    for word, strengths in cuts.items():
        ends = sorted({*strengths, Fraction(1)})
        below = [Fraction(0), *ends[:-1]]
        made.odds[word] = tuple((end, end - low) for low, end in zip(below, ends, strict=True))
    return made


def test_it_is_the_reference_to_the_last_bit() -> None:
    values = set()
    for seed in range(600):
        rng, made = random.Random(seed), shared(seed)
        names = sorted(made.pro)
        walks = {
            frozenset(rng.sample(names, rng.randint(1, len(names))))
            for _ in range(rng.randint(1, FEW))
        }
        value = chance_of_few(made, walks)
        assert value == chance(made, walks), seed
        values.add(value)
    assert len(values) > 40


def test_other_questions_are_left_to_factoring() -> None:
    single = event({name: [(name, "0.5")] for name in "abcd"})
    assert chance_of_few(single, [frozenset(name) for name in "abcd"]) is None
    assert chance_of_few(single, [frozenset(name) for name in "abc"]) is not None
    assert chance_of_few(event({"a": [("x", "0.5"), ("y", "0.5")]}), [frozenset("a")]) is None
    assert chance_of_few(event({"a": [("x", "0.5")]}, {"a": "y"}), [frozenset("a")]) is None
    assert chance_of_few(event({"a": []}), [frozenset("a")]) is None
    assert chance_of_few(single, []) == 0
