"""Patterns: nodes and relationships, and how often these may be repeated."""

from __future__ import annotations

from graph.queries.grammar.limits import PATHS
from graph.queries.grammar.words import Words

SHORTEST = frozenset(("SHORTESTPATH", "ALLSHORTESTPATHS"))


class Patterns(Words):
    """Parser of the patterns of MATCH, EXISTS and similar."""

    def expression(self) -> None:
        """Parse an expression: see `Expressions`."""
        raise NotImplementedError

    def where(self) -> None:
        """Parse an optional condition."""
        if self.take("WHERE"):
            self.expression()

    def pattern(self) -> None:
        """Parse a path, with an optional name, selector or search for a shortest path."""
        if self.peek(1) == "=":
            self.variable()
            self.need("=")
        if self.peek() in SHORTEST:
            self.shortest()
        else:
            self.path(shortest=self._selector())

    def _selector(self) -> bool:
        """Parse which paths a pattern selects; return whether only shortest ones."""
        every = self.peek() == "ALL"
        if self.peek() in ("ANY", "ALL") and self.peek(1) in ("SHORTEST", "PATHS", "PATH", "("):
            self.at += 1
            if self.take("SHORTEST"):
                self.take("PATHS") or self.take("PATH")
                return True
            if every or not (self.take("PATHS") or self.take("PATH") or self.peek() == "("):
                raise self.error("a pattern selects all paths", "Leave the selector out.")
            return False
        if self.peek() == "SHORTEST" and self.peek(1) != "":
            raise self.error(f"{self.seen()} stands before no number", "Write SHORTEST 1.")
        if self.take("SHORTEST"):
            count = self.number()
            if count is None or not 1 <= count <= PATHS:
                raise self.error("a pattern selects many paths", f"Write SHORTEST 1 to {PATHS}.")
            self.take("PATHS") or self.take("PATH")
            return True
        return False

    def shortest(self) -> None:
        """Parse the search for a shortest path."""
        self.at += 1
        self.need("(")
        self.path(shortest=True)
        self.need(")")

    def path(self, *, shortest: bool = False) -> None:
        """Parse nodes, groups of them, and the relationships between them."""
        self.tally.count("pattern", self)
        self._node_or_group(shortest)
        while self.peek() in ("-", "<", "("):
            if self.peek() == "(":
                self._node_or_group(shortest)
                continue
            at, before = self.at, self.tally.counts["relationship"]
            self.relationship(shortest)
            if self.peek() in ("{", "+", "*"):
                self.quantifier(self.tally.counts["relationship"] - before, at, shortest)
            self._node_or_group(shortest)

    def _node_or_group(self, shortest: bool) -> None:
        if not self._is_group():
            self.node()
            return
        self.need("(")
        if self.peek(1) == "=":
            self.variable()
            self.need("=")
        at, before = self.at, self.tally.counts["relationship"]
        self.tally.enter(self)
        self.path(shortest=shortest)
        self.where()
        self.tally.leave()
        self.need(")")
        if self.peek() in ("{", "+", "*"):
            self.quantifier(self.tally.counts["relationship"] - before, at, shortest)

    def _is_group(self) -> bool:
        """Return whether a path in brackets follows, named or not, rather than a node."""
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        named = following.sort in ("word", "name") and self.peek(2) == "="
        return self.peek() == "(" and (self.peek(1) == "(" or named)

    def quantifier(self, relationships: int, at: int, shortest: bool) -> None:
        """Parse how often a relationship or a group is repeated.

        Parameters
        ----------
        relationships : int
            Number of relationships that one repetition has.
        at : int
            Where the relationship or group begins, for the error.
        shortest : bool
            Whether this is the search for a shortest path.
        """
        last: int | None = None
        if self.take("{"):
            last = self.number()
            if self.take(","):
                last = self.number()
            self.need("}")
        else:
            self.at += 1
        end, self.at = self.at, at
        hops = None if last is None else last * max(relationships, 1)
        self.tally.hops(hops, shortest, self, "{1,%d}")
        self.at = end

    def node(self) -> None:
        """Parse a node in brackets."""
        self.need("(")
        self.inside()
        self.need(")")
        if self.peek() == "{":
            cure = "Repeat a relationship, as in -[:TYPE]->{1,4}, or a group."
            raise self.error("a node has a quantifier", cure)

    def relationship(self, shortest: bool) -> None:
        """Parse a relationship with its arrow."""
        self.tally.count("relationship", self)
        self.take("<")
        self.need("-")
        if self.take("["):
            self.inside(relationship=True, shortest=shortest)
            self.need("]")
        self.need("-")
        self.take(">")

    def inside(self, *, relationship: bool = False, shortest: bool = False) -> None:
        """Parse an optional name, labels, limits, properties and condition."""
        if self.token.sort == "name" or (self.token.sort == "word" and self.peek() != "WHERE"):
            self.variable()
        if self.take(":"):
            self.labels(pipes=True)
        if relationship and self.take("*"):
            self.bounds(shortest)
        if self.peek() == "{":
            self.map()
        elif self.token.sort == "parameter":
            self.at += 1
        self.where()

    def labels(self, *, pipes: bool) -> None:
        """Parse labels or types joined by `:`, `&` or, if `pipes`, `|`."""
        while True:
            while self.take("!"):
                pass
            if self.take("("):
                self.tally.enter(self)
                self.labels(pipes=True)
                self.tally.leave()
                self.need(")")
            elif not self.take("%"):
                self.name("label")
            if self.take(":") or self.take("&"):
                continue
            if not (pipes and self.take("|")):
                return

    def bounds(self, shortest: bool) -> None:
        """Parse the numbers of repetitions of a relationship."""
        last = self.number()
        if self.take(".."):
            last = self.number()
        self.tally.hops(last, shortest, self)

    def number(self) -> int | None:
        """Parse an optional whole number."""
        if self.token.sort != "number":
            return None
        value = self.token.value
        if not value.isdigit():
            raise self.error(f"{value} is not a whole number", "Write one, as in *1..4.")
        self.at += 1
        return int(value)

    def map(self) -> None:
        """Parse a map."""
        self.need("{")
        if not self.take("}"):
            self.listed(self._pair)
            self.need("}")

    def _pair(self) -> None:
        self.name("property")
        self.need(":")
        self.expression()
