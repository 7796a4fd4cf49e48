"""How a probability follows from the weights, and how it changes with each of them.

An arithmetic circuit (Darwiche 2003): weights at its leaves; products, sums and complements above
them. Its value is linear in each weight (Birnbaum 1969), so one backward pass gives the probability
with any single weight changed. The numbers are integers throughout, so every value is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

from graph.probability.scaled import NONE, ONE, Scale, Scaled, base_of, times

#: Number of a node of a circuit. The nodes below it have lower numbers.
Node: TypeAlias = int
NEVER, ALWAYS = 0, 1


class _Weight(NamedTuple):
    value: Fraction
    of: Hashable


class _Gate(NamedTuple):
    what: Literal["product", "sum", "complement"]
    below: tuple[Node, ...]


class Circuit:
    """A probability under construction: each method adds a node and returns its number.

    Examples
    --------
    >>> made = Circuit()
    >>> either = made.either(made.weight(Fraction(1, 2), of) for of in "ab")
    >>> values = Values(made, either)
    >>> values.number, values.with_weight("a", Fraction(0)), values.with_weight("b", Fraction(1))
    (0.75, 0.5, 1.0)
    """

    def __init__(self) -> None:
        self.nodes: list[_Weight | _Gate] = [_Weight(Fraction(no), None) for no in (0, 1)]
        self._known: dict[_Weight | _Gate, Node] = {}

    def weight(self, value: Fraction, of: Hashable = None) -> Node:
        """Return the node of a probability; `of` names a weight that may change later."""
        if of is None and value in (0, 1):
            return ALWAYS if value else NEVER
        return self._node(_Weight(value, of))

    def product(self, nodes: Iterable[Node]) -> Node:
        """Return the probability that several independent events all happen."""
        factors = sorted(node for node in nodes if node != ALWAYS)
        if not factors:
            return ALWAYS
        if factors[0] == NEVER:
            return NEVER
        return factors[0] if len(factors) == 1 else self._node(_Gate("product", tuple(factors)))

    def sum(self, nodes: Iterable[Node]) -> Node:
        """Return the probability that one of several mutually exclusive events happens."""
        terms = sorted(node for node in nodes if node != NEVER)
        if not terms:
            return NEVER
        return terms[0] if len(terms) == 1 else self._node(_Gate("sum", tuple(terms)))

    def complement(self, node: Node) -> Node:
        """Return the probability that an event does not happen."""
        if node in (NEVER, ALWAYS):
            return ALWAYS - node
        made = self.nodes[node]
        if isinstance(made, _Gate) and made.what == "complement":
            return made.below[0]
        return self._node(_Gate("complement", (node,)))

    def either(self, nodes: Iterable[Node]) -> Node:
        """Return the probability that at least one of several independent events happens."""
        return self.complement(self.product(self.complement(node) for node in nodes))

    def branch(self, on: Node, then: Node, otherwise: Node) -> Node:
        """Return the probability of one event if a condition holds, of another one if not.

        Parameters
        ----------
        on : Node
            The condition.
        then, otherwise : Node
            The event that counts where it holds, and the one where it does not.
        """
        return self.sum([self.product([on, then]), self.product([self.complement(on), otherwise])])

    def _node(self, made: _Weight | _Gate) -> Node:
        if made not in self._known:
            self._known[made] = len(self.nodes)
            self.nodes.append(made)
        return self._known[made]


class Values:
    """The value of a circuit, and how it depends on each weight.

    Parameters
    ----------
    circuit : Circuit
        The circuit.
    root : Node
        The node whose value is wanted.
    """

    def __init__(self, circuit: Circuit, root: Node) -> None:
        self._nodes = circuit.nodes[: root + 1]
        weights = [node for node in self._nodes if isinstance(node, _Weight)]
        self._scale = Scale(base_of(weight.value for weight in weights))
        self._values: list[Scaled] = []
        for node in self._nodes:
            self._values.append(self._value(node))
        self._changes: dict[Hashable, list[tuple[Scaled, Scaled]]] | None = None

    @property
    def number(self) -> float:
        """The double nearest to the probability."""
        return self._scale.number(self._values[-1])

    def with_weight(self, of: Hashable, value: Fraction) -> float:
        """Return the double nearest to the probability with one weight changed.

        Parameters
        ----------
        of : hashable
            The name of the weight. Nothing changes if the circuit has no weight of that name.
        value : Fraction
            Its new value.
        """
        if self._changes is None:
            self._changes = self._leaves()
        answer = self._values[-1]
        for now, slope in self._changes.get(of, ()):
            answer = self._scale.plus(answer, times(slope, self._more(value, now)))
        return self._scale.number(answer)

    def _more(self, value: Fraction, now: Scaled) -> Scaled:
        return self._scale.plus(self._scale.of(value), (-now[0], now[1]))

    def _value(self, node: _Weight | _Gate) -> Scaled:
        if isinstance(node, _Weight):
            return self._scale.of(node.value)
        below = [self._values[number] for number in node.below]
        answer = below[0]
        match node.what:
            case "complement":
                answer = self._scale.complement(answer)
            case "product":
                for factor in below[1:]:
                    answer = times(answer, factor)
            case "sum":
                for term in below[1:]:
                    answer = self._scale.plus(answer, term)
        return answer

    def _leaves(self) -> dict[Hashable, list[tuple[Scaled, Scaled]]]:
        """Return the value and the slope of each weight that has a name, by name."""
        leaves: dict[Hashable, list[tuple[Scaled, Scaled]]] = {}
        slopes = [NONE] * len(self._nodes)
        slopes[-1] = ONE
        for number in range(len(self._nodes) - 1, -1, -1):
            node, slope = self._nodes[number], slopes[number]
            if isinstance(node, _Weight):
                if node.of is not None:
                    leaves.setdefault(node.of, []).append((self._values[number], slope))
            elif slope[0]:
                for below, rise in zip(node.below, self._rises(node), strict=True):
                    slopes[below] = self._scale.plus(slopes[below], times(slope, rise))
        return leaves

    def _rises(self, gate: _Gate) -> Iterable[Scaled]:
        """Return how a gate's value rises with each of the nodes below it."""
        match gate.what:
            case "complement":
                return [(-1, 0)]
            case "sum":
                return [ONE] * len(gate.below)
            case "product":  # of all factors but one: of those before it and those after it
                factors = [self._values[node] for node in gate.below]
                before = accumulate(factors[:-1], times, initial=ONE)
                after = [*accumulate(reversed(factors[1:]), times, initial=ONE)]
                return map(times, before, reversed(after))
