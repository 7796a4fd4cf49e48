"""Scores and rankings of the open data, made once for all sessions of the server."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import streamlit as st

from app.parts.data import BY_VERSION, Data
from graph.evidence import unanswered
from graph.exposure import changes, engine
from graph.exposure.changes import Change
from graph.exposure.engine import Targets
from graph.exposure.explain import Explanation, explain
from graph.exposure.methods import Weighed
from graph.exposure.rankings import By, Rank, ranking
from graph.network import Network, of_store


class Scored(NamedTuple):
    """Explained scores, highest first.

    Parameters
    ----------
    explanations : list of Explanation
        The scores, with what they rest on.
    network : networkx.MultiDiGraph
        The network that they are of.
    unanswered : frozenset of str
        The claims behind them that are unanswered (`graph.replies`).
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
def scored(
    data: Data, targets: Targets, exporters: tuple[str, ...] = (), *, eu_only: bool = False
) -> Scored:
    """Return the scores of exporters, all of them where none is named."""
    network = of_store(data.store, exporters or None)
    left_out: Counter[str] = Counter()
    found = engine.scores(
        network, exporters or None, targets=targets, eu_only=eu_only, left_out=left_out
    )
    scores = sorted(found, key=lambda one: (-one.score, one.exporter, one.target))
    weighed = Weighed(network)
    explained = [
        explain(network, one.exporter, one.target, eu_only=eu_only, weighed=weighed)
        for one in scores
    ]
    silent = unanswered(data.store, {claim for one in explained for claim in one.claim_ids})
    return Scored(explained, network, silent, dict(left_out))


@st.cache_resource(max_entries=64, show_spinner="Weighing changes …", hash_funcs=BY_VERSION)
def moving(
    data: Data, exporter: str, target: str, *, eu_only: bool, _found: Explanation, _all: Scored
) -> list[Change]:
    """Return what would move a score, by falling swing.

    Parameters
    ----------
    data : Data
        The open data.
    exporter, target, eu_only
        What the score is of.
    _found : Explanation
        The explained score.
    _all : Scored
        The scores that it is one of.
    """
    del data, exporter, target, eu_only  # the answer is kept by them
    return changes.changes(_all.network, _found.joined, unanswered=_all.unanswered)


class Ranked(NamedTuple):
    """Exporters, highest sum first."""

    ranks: list[Rank]
    weights: str
    left_out: dict[str, int]


@st.cache_resource(max_entries=8, show_spinner="Ranking the exporters …", hash_funcs=BY_VERSION)
def ranked(data: Data, by: By, *, eu_only: bool = False) -> Ranked:
    """Return the ranking of all exporters by targets of one kind."""
    network = of_store(data.store)
    left_out: Counter[str] = Counter()
    found = ranking(network, by, eu_only=eu_only, left_out=left_out)
    return Ranked(found, network.graph["weights_version"], dict(left_out))
