"""Patterns: nodes and relationships, and how often these may be repeated."""

from __future__ import annotations

from graph.errors import UsageError
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
        """Parse a path, with an optional name or search for a shortest path."""
        if self.peek(1) == "=":
            self.variable()
            self.need("=")
        if self.peek() in SHORTEST:
            self.shortest()
        else:
            self.path()

    def shortest(self) -> None:
        """Parse the search for a shortest path."""
        self.at += 1
        self.need("(")
        self.path(shortest=True)
        self.need(")")

    def path(self, *, shortest: bool = False) -> None:
        """Parse nodes and the relationships between them."""
        self.tally.count("pattern", self)
        self.node()
        while self.peek() in ("-", "<"):
            self.relationship(shortest)
            self.node()

    def node(self) -> None:
        """Parse a node in brackets."""
        if self.peek() in ("+", "*", "{") or (self.peek(), self.peek(1)) == ("(", "("):
            raise self.quantified()
        self.need("(")
        self.inside()
        self.need(")")
        if self.peek() == "{":
            raise self.quantified()

    def quantified(self) -> UsageError:
        """Return the error for a pattern with a quantifier, whose cost is unknown."""
        return self.error("a path pattern has a quantifier", "Write -[:TYPE*1..4]-> instead.")

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
