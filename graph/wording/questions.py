"""What was asked, in words: never a bare "none on record" where a filter may have hidden it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graph.paths.question import Question

_ANY_TARGET = "any buyer or programme"


def filters_in_words(question: Question) -> str:
    """Say what is asked for beside the two ends.

    Examples
    --------
    >>> filters_in_words(Question(max_hops=1, on=735_862))
    'of at most 1 link, on 2015-09-21'
    """
    words = [f"of at most {question.max_hops} {'link' if question.max_hops == 1 else 'links'}"]
    words += [f"on {date.fromordinal(question.on)}"] if question.on else []
    if question.statuses:
        words.append(f"by supplies that are {' or '.join(sorted(question.statuses))}")
    return ", ".join(words).replace("_", " ")


def ends_in_words(question: Question, names: Mapping[str, str]) -> str:
    """Name the two ends.

    Examples
    --------
    >>> ends_in_words(Question.between("safran"), {"safran": "Safran"})
    'from Safran to any buyer or programme'
    """
    last = names[question.target] if question.target else _ANY_TARGET
    return f"from {names[question.exporter]} to {last}"


def none_found(question: Question, names: Mapping[str, str]) -> str:
    """Say that there is no such path: of what was asked for, and of no more than that."""
    ends = ends_in_words(question, names)
    return f"No supply path {ends}, {filters_in_words(question)}, is on record"
