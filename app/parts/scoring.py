"""Scores and rankings of the open data, made once for all sessions of the server."""

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
        The scores, with what they rest on.
    network : networkx.MultiDiGraph
        The network that they are of.
    unanswered : frozenset of str
        The claims behind them that are unanswered (`graph.record.replies`).
    left_out : dict of str to int
        What has no score, by reason.
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
    found = engine.scores(network, question, left_out=left_out)
    scores = sorted(found, key=lambda one: (-one.score, one.exporter, one.target))
    weighed = LinkProbabilities(network)
    explained = [explain(network, pair_of(question, one), weighed=weighed) for one in scores]
    silent = unanswered(data.store, {claim for one in explained for claim in one.claim_ids})
    return Scored(explained, network, silent, dict(left_out))


def pair_of(question: Question, score: Score) -> Question:
    """Return the question for one of the scores that a question has."""
    return replace(question, exporters=(score.exporter,), targets=(score.target,))


@st.cache_resource(max_entries=64, show_spinner="Weighing changes …", hash_funcs=BY_VERSION)
def moving(data: Data, question: Question, _found: Explanation, _all: Scored) -> list[WhatIf]:
    """Return what would move a score, by falling swing.

    Parameters
    ----------
    data : Data
        The open data.
    question : Question
        What the score is of.
    _found : Explanation
        The explained score.
    _all : Scored
        The scores that it is one of.
    """
    del data, question  # the answer is kept by them
    return what_if.changes(_all.network, _found.joined, unanswered=_all.unanswered)


class Ranked(NamedTuple):
    """Exporters, highest sum first."""

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
    by, question
        As for `graph.exposure.rankings.ranking`.
    """
    network = of_store(data.store, question)
    left_out: Counter[str] = Counter()
    found = ranking(network, by, question, left_out=left_out)
    return Ranked(found, network.graph["weights_version"], dict(left_out))
