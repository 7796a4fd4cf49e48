"""What is missing behind a path, in sentences: nothing of it is left for the reader to notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.record.replies import is_unanswered
from graph.record.vocabulary import Relation
from graph.wording.links import name_or_id, predicate
from graph.wording.terms import OPEN_END, hedge

if TYPE_CHECKING:
    from graph.evidence import Evidence
    from graph.paths.answer import Path, Step

_WHOLE = ("whole text", "whole")


def missing(path: Path, evidence: Mapping[str, Evidence], names: Mapping[str, str]) -> list[str]:
    """Say what the record does not know about a path.

    Parameters
    ----------
    path : Path
        The path.
    evidence : mapping of str to Evidence
        The rows behind its links, by id.
    names : mapping of str to str
        Names by id.

    Returns
    -------
    list of str
        Sentences: the open end, dates, shares, single sources, replies, reading, archives.
    """
    sentences = [f"{OPEN_END[0].upper()}{OPEN_END[1:]}."] if path.open_end else []
    if not path.certain:
        sentences.append(
            "The dates can fit, and are not bound to: the path is possible, not certain."
        )
    for step in path.steps:
        rows = [evidence[id_] for id_ in step.claim_ids if id_ in evidence]
        sentences += _of_step(step, rows, names)
    rows = [evidence[id_] for step in path.steps for id_ in step.claim_ids if id_ in evidence]
    return sentences + _of_reading(rows)


def _of_step(step: Step, rows: Iterable[Evidence], names: Mapping[str, str]) -> list[str]:
    first, last = name_or_id(step.from_id, names), name_or_id(step.to_id, names)
    doubt = hedge(step.statuses, len(step.refuting_ids))
    link = f"{first} {predicate(step.relation, step.valid_to)} {last}{doubt}"
    sentences = []
    if not (step.valid_from or step.valid_to or step.as_of or step.relation.entry.timeless):
        sentences.append(f"“{link}” has no date.")
    if step.relation is Relation.OWNS and step.share is None:
        sentences.append(f"The share of {first} in {last}{doubt} is not stated.")
    elif step.relation is Relation.OWNS and step.share is not None and step.share < 50:
        sentences.append(f"{first} held a minority of {last} ({step.share:g} %){doubt}.")
    origins = {origin.id: origin for row in rows for origin in row.origins}
    if len(origins) == 1:
        (only,) = origins.values()
        sentences.append(f"“{link}” rests on one root source: {only.publisher}, {only.title}.")
    if any(is_unanswered(row.claim, row.replies) for row in rows):
        sentences.append(f"No reply to “{link}” was readable.")
    return sentences


def _of_reading(rows: Iterable[Evidence]) -> list[str]:
    sources = {source.id: source for row in rows for source in row.sources}
    total = len(sources)
    if not total:
        return []
    scopes = [source.read_scope.strip().casefold() for source in sources.values()]
    whole = sum(scope in _WHOLE for scope in scopes)
    sentences = []
    if whole < total:
        sentences.append(f"Of {_sources(total)} behind it, {whole or 'none'} was read whole.")
    if not any(source.archive_url for source in sources.values()):
        sentences.append(f"None of {_sources(total)} has an archived copy yet.")
    return sentences


def _sources(number: int) -> str:
    return "the one source" if number == 1 else f"the {number} sources"
