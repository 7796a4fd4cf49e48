"""The clauses of a statement that only reads."""

from __future__ import annotations

from graph.queries.grammar.expressions import Expressions

_ORDERS = frozenset(("ASC", "ASCENDING", "DESC", "DESCENDING"))


class Clauses(Expressions):
    """One statement of MATCH, WITH, UNWIND, CALL { … }, RETURN, UNION and listed procedures.

    The grammar refuses everything that it does not know, and everything above the limits of
    `graph.queries.grammar.limits`. It only checks; it builds no tree.
    """

    def statement(self) -> None:
        """Parse the whole statement."""
        if self.peek() == "CALL" and self.peek(1) not in ("{", "("):
            self.at += 1
            self.procedure()
            if self.token.sort != "end" and self.peek() != ";":
                self.query()
        else:
            self.query()
        self.take(";")
        if self.token.sort != "end":
            raise self.error(
                f"{self.seen()} follows the end of the statement", "Run one statement at a time."
            )

    def query(self) -> None:
        """Parse a query: parts joined by UNION."""
        self._part()
        while self.take("UNION"):
            self.tally.count("UNION", self)
            if not self.take("ALL"):
                self.take("DISTINCT")
            self._part()

    def _part(self) -> None:
        while not self.take("RETURN"):
            if self.take("MATCH") or self.take("OPTIONAL", "MATCH"):
                self.listed(self.pattern)
                self.where()
            elif self.take("UNWIND"):
                self.tally.clause("UNWIND", self)
                self.expression()
                self.need("AS")
                self.variable()
            elif self.take("WITH"):
                self.tally.clause("WITH", self)
                self.projection()
                self.where()
            elif self.take("CALL") or self.take("OPTIONAL", "CALL"):
                self._subquery_call()
            elif self.peek() == "}":  # EXISTS { MATCH … } needs no RETURN
                return
            else:
                cure = (
                    "Use MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, CALL { … }, at the end RETURN."
                )
                if self.peek() in ("EXPLAIN", "PROFILE"):
                    cure = "Look at plans in Neo4j Browser."
                raise self.error(f"{self.seen()} is not a clause that a reader may run here", cure)
        self.tally.clause("RETURN", self)
        self.projection()

    def _subquery_call(self) -> None:
        """Parse `CALL (x, y) { … }` or `CALL { … }`; a procedure is called first of all."""
        if self.peek() not in ("{", "("):
            raise self.error(
                "a procedure is called within a statement", "Call it at the beginning."
            )
        self.tally.count("subquery", self)
        if self.take("(") and not self.take(")"):
            if not self.take("*"):
                self.listed(self.variable)
            self.need(")")
        self.tally.enter(self)
        self.need("{")
        self.query()
        self.need("}")
        self.tally.leave()

    def projection(self) -> None:
        """Parse the items of RETURN or WITH, and their order and limits."""
        self.take("DISTINCT")
        if not self.take("*") or self.take(","):
            self.listed(self._item)
        if self.take("ORDER"):
            self.need("BY")
            self.listed(self._order)
        if self.take("SKIP") or self.take("OFFSET"):
            self.expression()
        if self.take("LIMIT"):
            self.expression()

    def _item(self) -> None:
        self.expression()
        if self.take("AS"):
            self.variable()

    def _order(self) -> None:
        self.expression()
        if self.peek() in _ORDERS:
            self.at += 1

    def procedure(self) -> None:
        """Parse the call of an allowed procedure, without arguments."""
        at = self.at
        name = self.dotted()
        after, self.at = self.at, at
        self.tally.procedure(name, self)
        self.at = after
        if self.take("("):
            self.need(")")
        if self.take("YIELD") and not self.take("*"):
            self.listed(self._item)
            self.where()
