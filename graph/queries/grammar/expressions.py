"""Expressions of WHERE, WITH and RETURN."""

from __future__ import annotations

from graph.queries.grammar.patterns import SHORTEST, Patterns

_SIGNS = "OR XOR AND = <> < <= > >= =~ + - * / % ^ IN CONTAINS ||"
_OPERATORS = frozenset(_SIGNS.split())
_QUANTIFIERS = frozenset(("ALL", "ANY", "NONE", "SINGLE"))
_SUBQUERIES = frozenset(("EXISTS", "COUNT", "COLLECT"))


class Expressions(Patterns):
    """Parser of expressions."""

    _piped = False  # before the | of a comprehension, where | does not join labels

    def query(self) -> None:
        """Parse an inner query: see `Clauses`."""
        raise NotImplementedError

    def expression(self) -> None:
        """Parse operands joined by operators; precedence does not matter here."""
        self.tally.enter(self)
        self._operand()
        while self._operator():
            self._operand()
        self.tally.leave()

    def _operator(self) -> bool:
        sign = self.peek()
        if sign in ("STARTS", "ENDS"):
            self.at += 1
            self.need("WITH")
            return True
        if sign not in _OPERATORS:
            return False
        if sign in ("AND", "OR"):
            self.tally.count("AND or OR", self)
        elif sign == "XOR":
            self.tally.count("XOR", self)
        elif sign in ("+", "||"):
            self.tally.joined(self)
        self.at += 1
        if sign == "=~":
            known = self.token.sort == "text" and self.peek(1) not in ("+", "||", "[", ".")
            self.tally.regex(self.token.value if known else None, self)
        return True

    def _operand(self) -> None:
        while self.take("NOT") or self.take("-") or self.take("+"):
            pass
        self._atom()
        while True:
            if self.take("."):
                self.name("property")
            elif self.take("["):
                self._subscript()
            elif self.take("IS"):
                self.take("NOT")
                self.need("NULL")
            elif self.peek() == ":":
                self.at += 1
                self.labels(pipes=not self._piped)
            else:
                return

    def _subscript(self) -> None:
        if self.peek() != "..":
            self.expression()
        if self.take(".."):
            self.tally.copies(self)
            if self.peek() != "]":
                self.expression()
        self.need("]")

    def _atom(self) -> None:
        word = self.peek()
        if self.token.sort in ("number", "text", "parameter") or word in ("TRUE", "FALSE", "NULL"):
            self.at += 1
        elif word == "(":
            self._brackets()
        elif word == "[":
            self._list()
        elif word == "{":
            self.map()
        elif word == "CASE":
            self._case()
        elif word in _SUBQUERIES and self.peek(1) == "{":
            self._subquery()
        elif word in _QUANTIFIERS and self.peek(1) == "(":
            self.at += 2
            self._loop()
            self.need(")")
        elif word in SHORTEST:
            self.shortest()
        elif word == "EXISTS" or self._calls():
            self._function()
        else:
            self.variable()
            if self.peek() == "{":
                self._projection()

    def _calls(self) -> bool:
        """Return whether a bracket follows a name, which may contain points."""
        ahead = 0
        while self.peek(ahead + 1) == ".":
            ahead += 2
        return self.peek(ahead + 1) == "(" and self.token.sort in ("word", "name")

    def _brackets(self) -> None:
        """Parse a pattern, or an expression in brackets."""
        if self._is_path():
            self.path()
            return
        self.need("(")
        self.expression()
        self.need(")")

    def _is_path(self) -> bool:
        """Return whether a path such as `(a)-[` follows, rather than a sum or a comparison."""
        named = self.tokens[self.at + 1].sort in ("word", "name")
        if self.peek() != "(" or self.peek(1 + named) not in (")", ":", "{", "WHERE"):
            return False
        depth = ahead = 0
        while self.tokens[self.at + ahead].sort != "end":
            depth += (self.peek(ahead) == "(") - (self.peek(ahead) == ")")
            ahead += 1
            if not depth:
                break
        arrow = "".join(self.peek(ahead + at) for at in range(3))
        return arrow.startswith(("-[", "<-[", "<--", "--(", "-->"))

    def _list(self) -> None:
        """Parse a list, a list comprehension or a pattern comprehension."""
        self.need("[")
        named = self.token.sort in ("word", "name")
        if named and self.peek(1) == "IN":
            self._loop(mapped=True)
        elif self._is_path() or (named and self.peek(1) == "=" and self.peek(2) == "("):
            self.tally.count("comprehension", self)
            piped, self._piped = self._piped, True
            self.pattern()
            self.where()
            self._piped = piped
            self.need("|")
            self.expression()
        elif self.peek() != "]":
            self.listed(self.expression)
        self.need("]")

    def _loop(self, *, mapped: bool = False) -> None:
        """Parse `x IN list WHERE … | …`; nested loops need UNWIND, which a time-out can stop."""
        self.tally.count("comprehension", self)
        if self.tally.looping:
            raise self.error("a loop over a list is inside another one", "Use UNWIND.")
        self.variable()
        self.need("IN")
        piped, self._piped = self._piped, mapped
        self.expression()
        self.tally.looping = True
        self.where()
        self._piped = piped
        if mapped and self.take("|"):
            self.expression()
        self.tally.looping = False

    def _case(self) -> None:
        self.tally.count("CASE", self)
        self.need("CASE")
        if self.peek() != "WHEN":
            self.expression()
        while self.take("WHEN"):
            self.listed(self.expression)
            self.need("THEN")
            self.expression()
        if self.take("ELSE"):
            self.expression()
        self.need("END")

    def _subquery(self) -> None:
        self.tally.count("subquery", self)
        self.at += 1
        self.need("{")
        if self.peek() in ("MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"):
            self.query()
        else:
            self.listed(self.pattern)
            self.where()
        self.need("}")

    def _projection(self) -> None:
        """Parse `n {.name, .*, more: 1}`."""
        self.need("{")
        if not self.take("}"):
            self.listed(self._projected)
            self.need("}")

    def _projected(self) -> None:
        if self.take("."):
            if not self.take("*"):
                self.name("property")
        else:
            self.name("property")
            if self.take(":"):
                self.expression()

    def _function(self) -> None:
        at = self.at
        name = "exists" if self.take("EXISTS") else self.dotted()
        self.need("(")
        if name.lower() == "count" and self.take("*"):
            self.need(")")
            return
        after, self.at = self.at, at
        self.tally.function(name, self)  # its errors point at the name
        self.at = after
        self.take("DISTINCT")
        arguments: list[str] = []
        if self.peek() != ")":
            self.listed(lambda: arguments.append(self._argument()))
        self.need(")")
        if name.lower() == "range":
            self.tally.range(_size(arguments), self)
        elif name.lower() == "replace":
            self.tally.replaced(_replacement(arguments), self)

    def _argument(self) -> str:
        """Parse an argument and return its text, or the beginning of a long one."""
        start = self.at
        self.expression()
        taken = self.tokens[start : self.at]
        if len(taken) == 1 and taken[0].sort == "text":
            return "'" + taken[0].value
        return "".join(token.value for token in taken[:6])


def _size(arguments: list[str]) -> int | None:
    """Return the size of a range(); 1 where it runs over the indexes of a list."""
    numbers = [int(a) for a in arguments if a.removeprefix("-").isdigit()]
    if len(numbers) == len(arguments) and len(arguments) in (2, 3):
        step = abs(numbers[2]) if len(numbers) == 3 else 1
        return abs(numbers[1] - numbers[0]) // step + 1 if step else None
    if len(arguments) == 2 and numbers[:1] in ([0], [1]) and arguments[1].startswith("size("):
        return 1
    return None


def _replacement(arguments: list[str]) -> int:
    """Return the factor by which replace() may lengthen a text; huge where unknown."""
    if len(arguments) == 3 and arguments[2].startswith("'"):
        searched = len(arguments[1]) - 1 if arguments[1].startswith("'") else 1
        return -(-(len(arguments[2]) - 1) // max(searched, 1)) + (searched < 1)
    return 1_000_000
