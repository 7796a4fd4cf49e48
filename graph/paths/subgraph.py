"""The part of a store that can answer a question, as a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.network.build import Network, of_links
from graph.paths.question import EVERYTHING, Question

if TYPE_CHECKING:
    from graph.stores.base import Store


def of_store(store: Store, question: Question = EVERYTHING) -> Network:
    """Make the networkx graph of the part of a store that can lie on an admissible walk.

    Parameters
    ----------
    store : Store
        Any store.
    question : Question
        Its ends, hops and weights matter; the links are those of any day and status.
    """
    table = store.relevant_subgraph(question.exporters, question.targets, question.max_hops)
    asked = {*(question.exporters or ()), *(question.targets or ())}
    return of_links(store, table, asked, question.weights)
