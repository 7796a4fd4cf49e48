"""Example questions for the first page, with answers that the record itself gives.

Every sentence comes from the answer: it names the statuses of the links that it rests on, and so
never says more than they do.
"""

from __future__ import annotations

from typing import NamedTuple

from app.parts.data import Data, cached_answer, entities
from graph import wording
from graph.evidence import gather
from graph.network.build import links_by_id
from graph.paths.find import AnsweredQuestion
from graph.paths.question import Question

#: Exporter and target of each question; the starter data answers them.
ENDS = (("safran", "shanghai-psb"), ("canon", "skynet"), ("noldus", "golden-shield"))


class Example(NamedTuple):
    """A question with its answer.

    Parameters
    ----------
    src, dst : str
        Ids of the exporter and the target.
    title : str
        The question in words.
    sentences : list of str
        The answer.
    """

    src: str
    dst: str
    title: str
    sentences: list[str]


def answered_examples(data: Data) -> list[Example]:
    """Return the example questions whose entities the record holds, with their answers."""
    if not data.small:
        return []
    known = entities(data, {end for ends in ENDS for end in ends})
    return [_example(data, *ends) for ends in ENDS if {*ends} <= known.keys()]


def _example(data: Data, src: str, dst: str) -> Example:
    question = Question.between(src, dst)
    answered = cached_answer(data, question)
    answer = answered.answer
    ids = {src, dst} | {id_ for lead in answer.leads for id_ in lead.entities}
    for path in answer.paths[:1]:
        ids |= {*path.nodes} | {step.programme for step in path.steps}
    names = {id_: entity.name for id_, entity in entities(data, ids).items()}
    title = f"Supply paths {wording.ends_in_words(question, names)}"
    sentences = _path(data, answered, names) if answer.paths else _leads(answered, names)
    return Example(src, dst, title, sentences)


def _path(data: Data, answered: AnsweredQuestion, names: dict[str, str]) -> list[str]:
    """Return the best proven path as sentences: its links, its end, the replies."""
    answer = answered.answer
    best = answer.paths[0]
    total = "1 path" if answer.total == 1 else f"{answer.total:,} paths; the best proven one"
    sentences = [f"{total}: probability {wording.percent(best.probability)}."]
    sentences += [f"{wording.step_sentence(step, names)}." for step in best.steps]
    if best.open_end:
        sentences.append(f"{wording.OPEN_END[0].upper()}{wording.OPEN_END[1:]}.")
    claims = [id_ for step in best.steps for id_ in step.claim_ids]
    replies = {
        (reply.party, reply.text)
        for item in gather(data.store, claims)
        for reply in item.replies
        if reply.kind.entry.answers
    }
    parties = entities(data, {party for party, _ in replies})
    answering = sorted(entity.name for entity in parties.values())
    if answering:
        sentences.append(f"Replies on record: {', '.join(answering)}.")
    else:
        sentences.append(wording.NO_REPLY)
    return sentences


def _leads(answered: AnsweredQuestion, names: dict[str, str]) -> list[str]:
    """Return what the record has instead of a path: the leads, with both of their links."""
    links = links_by_id(answered.network)
    sentences = ["No path is on record.", wording.NO_PROOF]
    for lead in answered.answer.leads[:1]:
        supply = links[lead.supply_link_id]
        supplier, buyer = (wording.name_or_id(id_, names) for id_ in (lead.supplier, lead.buyer))
        known = f"{supply.when}; {wording.statuses(supply.statuses)}"
        verb = wording.predicate(supply.relation, supply.valid_to)
        sentences.append(
            f"A lead, no path: {supplier} {verb} {buyer} ({known})."
            f" {wording.lead_sentence(lead, names)}"
        )
    return sentences
