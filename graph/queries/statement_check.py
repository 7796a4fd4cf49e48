"""Check the statement of a question against its header before it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import UsageError
from graph.queries import types
from graph.queries.grammar import readable
from graph.queries.grammar.tokens import Token, tokens
from graph.queries.header import Column, Parameter, QuestionHeader, fault

_SQL_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


def check(text: str, header: QuestionHeader, file: str) -> str:
    """Check the Cypher of a question and return the statement to run.

    The statement has to be in the readable part of Cypher, use exactly the declared parameters
    with their defaults, return the declared columns in order, and sort by all ids among them, so
    that every run returns the same rows in the same order.

    Parameters
    ----------
    text : str
        Text of the file.
    header : QuestionHeader
        Header of the file.
    file : str
        Name of the file, for the errors.

    Raises
    ------
    DataError
        If the statement has an error; it names the file, the line, the error and the fix.
    """
    try:
        statement = readable(text)
    except UsageError as error:
        why = str(error).removeprefix("The statement was not run: ")
        line = re.match(r"line (\d+), ", why)
        raise fault(
            file, int(line[1]) if line else 1, why[line.end() :] if line else why, ""
        ) from None
    words = tokens(text)
    _check_parameters(text, words, header.parameters, file)
    _check_columns(text, words, header.columns, file)
    return statement


def check_sql(text: str, header: QuestionHeader, file: str) -> str:
    """Check that the SQL of a question uses its parameters; running it checks the columns.

    Parameters
    ----------
    text : str
        Text of the file.
    header : QuestionHeader
        Header of the file.
    file : str
        Name of the file, for the errors.
    """
    used = set(re.findall(r"\$([a-z_]+)", _SQL_QUOTED.sub("''", text)))
    declared = {parameter.name for parameter in header.parameters}
    for name in sorted(used - declared):
        raise fault(file, 1, f"${name} is not declared", "Declare it in the .cypher file.")
    for name in sorted(declared - used):
        raise fault(file, 1, f"the parameter {name!r} is not used", f"Use it, as ${name}.")
    return text


def _line(text: str, token: Token) -> int:
    return text.count("\n", 0, token.at) + 1


def _check_parameters(
    text: str, words: Sequence[Token], parameters: Sequence[Parameter], file: str
) -> None:
    declared = {parameter.name: parameter for parameter in parameters}
    used = set()
    for at, token in enumerate(words):
        if token.sort != "parameter":
            continue
        name = token.value[1:]
        used.add(name)
        if name not in declared:
            cure = f"Add `// parameter {name}: TYPE = DEFAULT; meaning` to the header."
            raise fault(file, _line(text, token), f"${name} is not declared", cure)
        default = declared[name].default
        if default is None:
            continue
        expected = f"coalesce({token.value}, {types.as_cypher(default)})"
        around = text[words[max(at - 2, 0)].at :]
        if not around.startswith(expected):
            why = f"${name} is used without its default"
            raise fault(file, _line(text, token), why, f"Write {expected}.")
    for name in declared.keys() - used:
        raise fault(file, 1, f"the parameter {name!r} is not used", "Use it, or remove it.")


def _check_columns(text: str, words: Sequence[Token], columns: Sequence[Column], file: str) -> None:
    at = _last_return(text, words, file)
    returned, order = _returned(text, words, at, file)
    declared = [column.name for column in columns]
    if returned != declared:
        why = f"it returns {', '.join(returned)}, but the header has {', '.join(declared)}"
        raise fault(file, _line(text, words[at]), why, "Use the same columns in the same order.")
    if not order:
        why = "the answer has no ORDER BY"
        raise fault(file, _line(text, words[at]), why, "Add one, by all ids that it returns.")
    for column in columns:
        if column.type in types.IDS and column.name not in order:
            why = f"the answer is not sorted by {column.name}, which is an id"
            raise fault(file, _line(text, words[at]), why, f"Add {column.name} to ORDER BY.")


def _last_return(text: str, words: Sequence[Token], file: str) -> int:
    """Return the position of the last RETURN outside of brackets."""
    depth, last = 0, -1
    for at, token in enumerate(words):
        depth += (token.upper in ("(", "[", "{")) - (token.upper in (")", "]", "}"))
        if not depth and token.upper == "UNION":
            cure = "Use OR or OPTIONAL MATCH: the parts of a UNION cannot be sorted together."
            raise fault(file, _line(text, token), "there is a UNION", cure)
        if not depth and token.upper == "RETURN":
            last = at
    if last < 0:
        raise fault(file, _line(text, words[-1]), "there is no RETURN", "Add one.")
    return last


def _returned(text: str, words: Sequence[Token], at: int, file: str) -> tuple[list[str], set[str]]:
    """Return the names of the columns and the words of ORDER BY."""
    names: list[str] = []
    depth, begin = 0, at + 1
    for here in range(at + 1, len(words)):
        token = words[here]
        depth += (token.upper in ("(", "[", "{")) - (token.upper in (")", "]", "}"))
        ends = token.sort == "end" or token.upper in (",", "ORDER", "SKIP", "LIMIT", ";")
        if depth or not ends:
            continue
        item = words[begin:here]
        if len(item) != 1 and (len(item) < 2 or item[-2].upper != "AS"):
            why = "a column of the answer has no name"
            raise fault(file, _line(text, words[begin]), why, "Name it: `… AS name`.")
        names.append(item[-1].value)
        begin = here + 1
        if token.upper != ",":
            sorted_by = words[here + 2 :] if token.upper == "ORDER" else []
            return names, {word.value for word in sorted_by if word.sort in ("word", "name")}
    return names, set()
