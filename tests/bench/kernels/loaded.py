"""A large record in memory: the part of it that can answer a question, in a moment."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.network.build import of_claims
from graph.paths.kernels.columns import of_dataset
from graph.paths.kernels.prune import prune, relevant
from graph.record.grammar import LEADS

if TYPE_CHECKING:
    from graph.dataset import Dataset
    from graph.network.build import Network
    from graph.paths.question import Question
    from graph.stores.base import Store

_ENDS = ("tail", "head", "programme")
_ROWS = ("claim_ids", "withdrawn_ids", "refuting_ids")
_RUNS = [str(relation) for relation in LEADS]


class Loaded:
    """The links of a store as columns of numbers, with the ids of their rows, for many questions.

    About 100 bytes a link stay in memory; what a store answers by reading all its links takes a
    sweep over the columns.

    Parameters
    ----------
    store : Store
        Any store: it answers for the rows of the links that matter.
    dataset : Dataset
        The version that the store holds.
    """

    def __init__(self, store: Store, dataset: Dataset) -> None:
        self.store = store
        self.columns = of_dataset(dataset)
        file = dataset.file("links")
        self._rows = pq.read_table(file, columns=["link_id", *_ROWS])
        runs = [("relation", "in", _RUNS)]  # what makes leads
        self._runs = pq.read_table(file, columns=["link_id", *_ENDS], filters=runs)

    def network(self, question: Question) -> Network:
        """Make the networkx graph of the links that can lie on a walk, or on the way to a lead.

        Parameters
        ----------
        question : Question
            Of one exporter and one target.

        Returns
        -------
        networkx.MultiDiGraph
            Paths, scores and leads are those of `graph.paths.subgraph.of_store`; more beginnings of
            walks may be left out, as ties are not looked at here.
        """
        exporter, target = question.ends
        run = self._runs.filter(
            functools.reduce(pc.or_, (pc.equal(self._runs[end], target) for end in _ENDS))
        )
        goals = self.columns.numbers({target, *run["tail"].to_pylist()})
        reach = prune(self.columns, self.columns.numbers([exporter]), goals, question.max_hops)
        used = relevant(self.columns, reach)
        links = pa.concat_arrays(
            [self.columns.link_ids.take(pa.array(used)), *run["link_id"].chunks]
        )
        ends = self.columns.ends[:, used]
        nodes = self.columns.entities.take(pa.array(ends[ends >= 0])).to_pylist()
        nodes += [*run["tail"].to_pylist(), *run["head"].to_pylist(), exporter, target]
        return of_claims(self.store, self._claims(links), nodes, question.weights)

    def _claims(self, links: pa.Array) -> Iterator[str]:
        found = self._rows.filter(pc.is_in(self._rows["link_id"], value_set=links))
        for name in _ROWS:
            yield from found[name].combine_chunks().flatten().to_pylist()
