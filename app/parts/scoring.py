"""Scores and rankings of the open data, computed once for all sessions."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import streamlit as st
from msgspec.structs import replace

from app.parts.data import BY_VERSION, Data
from graph.evidence import unanswered
from graph.exposure import engine, what_if
from graph.exposure.engine import Score
from graph.exposure.explain import Explanation, explain
from graph.exposure.rankings import By, Rank, ranking
from graph.exposure.what_if import WhatIf
from graph.network.build import Network
from graph.paths.question import Question
from graph.paths.subgraph import of_store
from graph.probability.methods import LinkProbabilities


class Scored(NamedTuple):
    """Explained scores, highest first.

    Parameters
    ----------
    explanations : list of Explanation
        The scores with their explanations.
    network : networkx.MultiDiGraph
        The network behind them.
    unanswered : frozenset of str
        Ids of the claims behind them without a reply (`graph.record.replies`).
    left_out : dict of str to int
        Number of omitted scores by reason.
    """

    explanations: list[Explanation]
    network: Network
    unanswered: frozenset[str]
    left_out: dict[str, int]

    @property
    def weights(self) -> str:
        """The version of the weights."""
        return str(self.network.graph["weights_version"])


@st.cache_resource(max_entries=16, show_spinner="Weighing the paths …", hash_funcs=BY_VERSION)
def scored(data: Data, question: Question) -> Scored:
    """Return the scores that a question asks for, explained."""
    network = of_store(data.store, question)
    left_out: Counter[str] = Counter()
    scores_found = engine.scores(network, question, left_out=left_out)
    scores = sorted(scores_found, key=lambda score: (-score.score, score.exporter, score.target))
    weighed = LinkProbabilities(network)
    explained = [explain(network, pair_of(question, score), weighed=weighed) for score in scores]
    unanswered_ids = unanswered(
        data.store, {claim for explanation in explained for claim in explanation.claim_ids}
    )
    return Scored(explained, network, unanswered_ids, dict(left_out))


def pair_of(question: Question, score: Score) -> Question:
    """Return the question whose answer is a single score."""
    return replace(question, exporters=(score.exporter,), targets=(score.target,))


@st.cache_resource(max_entries=64, show_spinner="Weighing changes …", hash_funcs=BY_VERSION)
def moving(data: Data, question: Question, _explanation: Explanation, _all: Scored) -> list[WhatIf]:
    """Return the changes that would move a score, largest first.

    Parameters
    ----------
    data : Data
        The open data.
    question : Question
        The question of the score.
    _explanation : Explanation
        The explained score.
    _all : Scored
        The scores of the whole question.
    """
    del data, question  # key of the cache
    return what_if.changes(_all.network, _explanation.joined, unanswered=_all.unanswered)


class Ranked(NamedTuple):
    """Exporters by falling sum of scores."""

    ranks: list[Rank]
    weights: str
    left_out: dict[str, int]


@st.cache_resource(max_entries=8, show_spinner="Ranking the exporters …", hash_funcs=BY_VERSION)
def ranked(data: Data, by: By, question: Question) -> Ranked:
    """Return the ranking of exporters by targets of one kind.

    Parameters
    ----------
    data : Data
        The open data.
    by : "end-users" or "programmes"
        Kind of targets.
    question : Question
        Exporters, filters and weights.
    """
    network = of_store(data.store, question)
    left_out: Counter[str] = Counter()
    ranks = ranking(network, by, question, left_out=left_out)
    return Ranked(ranks, network.graph["weights_version"], dict(left_out))
