"""What a reader may run, and what not."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import UsageError
from graph.queries.grammar import readable
from graph.queries.grammar.limits import FUNCTIONS, MOST, PROCEDURES
from graph.queries.grammar.tokens import Token, statement_of, tokens
from tests.graph.queries.corpus import attacks, innocents

ATTACKS = list(attacks())
INNOCENTS = list(innocents())


def test_the_corpus_is_large() -> None:
    assert len(ATTACKS) >= 220
    assert len(INNOCENTS) >= 80
    assert len(set(ATTACKS)) == len(ATTACKS)
    assert min(Counter(kind for kind, _ in ATTACKS).values()) >= 8


@pytest.mark.parametrize(("kind", "attack"), ATTACKS)
def test_attack_is_refused(kind: str, attack: str) -> None:
    started = time.process_time()
    with pytest.raises(UsageError) as refusal:
        readable(attack)
    assert time.process_time() - started < 1
    assert re.match(r"The statement was not run: line \d+, column \d+: .+\. .+", str(refusal.value))
    assert len(str(refusal.value)) < 500


@pytest.mark.parametrize("statement", INNOCENTS)
def test_innocent_passes(statement: str) -> None:
    assert readable(statement)


@pytest.mark.parametrize("statement", INNOCENTS)
def test_what_is_written_anew_is_the_same(statement: str) -> None:
    """Written anew, a statement reads the same, and once more changes nothing."""
    anew = readable(statement)
    before = [token[:2] for token in tokens(statement.rstrip("; "))]
    assert [token[:2] for token in tokens(anew)] == before
    assert readable(anew) == anew
    assert "\\u" not in anew
    assert "/*" not in re.sub(r"'[^']*'", "", anew)


def test_comments_and_escapes_are_gone() -> None:
    statement = "MATCH (n) // DELETE n\nWHERE n.a = 'caf\\u00e9' /* x */ RETURN n.b AS `é`;"
    anew = readable(statement)
    assert " ".join(anew.split()) == "MATCH (n) WHERE n.a = 'café' RETURN n.b AS `é`"
    assert anew.index("\n") == statement.index("\n")  # a line that an error names is still it


@pytest.mark.parametrize("letters", ["ſet", "ＤＥＬＥＴＥ", "société", "天网", "ﬁlter"])
def test_letters_beyond_ascii_are_no_keyword(letters: str) -> None:
    """Whatever a server takes them for: in quotes they are a name."""
    assert f"`{letters}`" in readable(f"MATCH ({letters}) RETURN 1")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (n) DELETE n", "'DELETE' is not a clause"),
        ("RETURN 1; RETURN 2", "Run one statement at a time."),
        ("RETURN apoc.x()", "apoc.x() is not a function"),
        ("CALL dbms.x()", "Allowed are db.labels"),
        ("MATCH (a)-[*]-(b) RETURN a", "has no upper limit"),
        ("RETURN 'a", "the quote ' is not closed"),
        ("RETURN 1 /* a", "the comment is not closed"),
        ("MATCH (n)\nRETURN m.+x", "line 2, column 10"),
        ("MATCH (n) WITH n\u200b RETURN n", "zero width space is not part of Cypher"),
        ("", "it is empty"),
    ],
)
def test_the_refusal_says_what_and_where(statement: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        readable(statement)


@pytest.mark.parametrize("what", MOST)
def test_every_bound_is_met_by_an_attack(what: str) -> None:
    hits = 0
    for _, attack in ATTACKS:
        with pytest.raises(UsageError) as refusal:
            readable(attack)
        hits += f"this is {what} number" in str(refusal.value)
    assert hits


def test_listed_functions_pass_in_any_case() -> None:
    for name in FUNCTIONS:
        arguments = "1, 2" if name == "range" else "'a', 'b', 'c'"
        assert readable(f"RETURN {name.upper()}({arguments}) AS x")
    for name in PROCEDURES:
        assert readable(f"CALL {name}()")


@given(st.text(max_size=60))
@example("RETURN '\\")
@example("RETURN `")
@example("MATCH (a)-")
@example("RETURN 1..2")
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    """Nothing else is raised, and what passes reads the same when written anew."""
    try:
        anew = readable(text)
    except UsageError:
        return
    assert readable(anew) == anew


_WORDS = "MATCH RETURN ( n ) , . : a 1 'x' [ ] { } - > < | * .. = + AS WITH WHERE IN CREATE ; // /*"


@given(st.lists(st.sampled_from([*_WORDS.split(), "\n"]), max_size=14).map(" ".join))
def test_whatever_words_are_put_together(text: str) -> None:
    """A statement that passes has no word of a write outside of quotes, names and properties."""
    try:
        anew = readable(text)
    except UsageError:
        return
    found = tokens(anew)
    for before, token in pairwise(found):
        if token.upper == "CREATE":
            assert before.value in (".", ":", "{", ",", "|")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20))
def test_texts_and_names_survive(text: str) -> None:
    if "\\u" in text.lower():
        return
    for sort in ("text", "name"):
        [again, _] = tokens(statement_of("", [Token(sort, text, 0)]) or "1")[:2]
        assert (again.sort, again.value) == (sort, text)
