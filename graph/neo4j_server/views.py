"""SQL views of a version's tables as a graph, generated from `graph.neo4j_server.schema`.

`views` returns the views that the library's questions read: `graph.entities`, `graph.sources` and
so on hold the properties of a label, `graph.links` those of the links. `rows_of_server` returns
the views that the loader reads: one for each label and link type, named like it, with all its
properties and marks. Views of links add `tail` and `head`, the ids of the ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.neo4j_server.records import TABLES as RECORDS
from graph.neo4j_server.schema import (
    CLAIM,
    CONTRACT_LINKS,
    ENTITY,
    ENTITY_LINKS,
    JUDGEMENT,
    NODES,
    REPLY,
    SOURCE,
)
from graph.neo4j_server.shape import NodeLabel, RelationshipType, Table
from graph.record.dates import EARLIEST, LATEST
from graph.record.merge import merged_rows
from graph.record.origins import claim_roots, roots
from graph.record.replies import UNANSWERED
from graph.record.tables import LINKS
from graph.record.vocabulary import LINE_ORDER
from graph.record.vocabulary.statuses import STANDS

#: Separates the parts of a hashed text; no record holds it.
_END = "chr(31)"

#: Properties of nodes that only `rows_of_server` adds, because they cost a join.
_JOINED = {"search", "roots"}

_PLAIN = {
    "string": """nullif("{0}", '')""",
    "string[]": """CASE WHEN len("{0}") > 0 THEN "{0}" END""",
    "double": """TRY_CAST(nullif("{0}", '') AS DOUBLE)""",
    "boolean": '"{0}"',
}


def _day(column: str, *, condition: str = "true") -> str:
    """Return the SQL that turns a day number into a date; NULL where the side is open."""
    is_open = f"{column} = {EARLIEST if column.endswith('from') else LATEST}"
    date = f"DATE '0001-01-01' + CAST({column} - {EARLIEST} AS INTEGER)"
    return f"CASE WHEN {condition} AND NOT {is_open} THEN {date} END"


def _first_day(text: str) -> str:
    """Return the SQL for the first day that a date of the record allows."""
    part = f"split_part({text}, '/', 1)"
    return f"TRY_CAST({part} || substr('yyyy-01-01', length({part}) + 1) AS DATE)"


def _final_day(text: str) -> str:
    """Return the SQL for the last day that a date of the record allows."""
    part = f"split_part({text}, '/', -1)"
    return f"""CASE length({part})
        WHEN 4 THEN TRY_CAST({part} || '-12-31' AS DATE)
        WHEN 7 THEN last_day(TRY_CAST({part} || '-01' AS DATE))
        ELSE TRY_CAST({part} AS DATE) END"""


def _precision(text: str) -> str:
    return f"""CASE WHEN {text} = '' THEN 'undated' WHEN contains({text}, '/') THEN 'span'
        WHEN length({text}) = 4 THEN 'year' WHEN length({text}) = 7 THEN 'month' ELSE 'day' END"""


def _made(letter: str, text: str) -> str:
    """Return the SQL for an id that is derived from a text."""
    return f"'{letter}-' || sha256({text})[:16]"


_LINE = " ".join(f"WHEN list_contains(statuses, '{s}') THEN '{s}'" for s in LINE_ORDER)
_CERTAIN = "inner_from <= inner_to"

#: SQL of the properties that differ from a column of the record.
_DERIVED = {
    "founded_first": _first_day("founded"),
    "dissolved_last": _final_day("dissolved"),
    "collective": "nullif(collective, false)",
    "lasting": "nullif(lasting, false)",
    "root": "root",
    "value_text": "nullif(value, '')",
    "date_precision": _precision("coalesce(nullif(valid_from, ''), nullif(valid_to, ''), as_of)"),
    "outer_from": _day("outer_from"),
    "outer_to": _day("outer_to"),
    "inner_from": _day("inner_from", condition=_CERTAIN),
    "inner_to": _day("inner_to", condition=_CERTAIN),
    "inner_empty": "inner_from > inner_to",
    "undated": "valid_from = '' AND valid_to = '' AND as_of = ''",
    "line": f"CASE {_LINE} ELSE 'documented' END",
    # the first `=` separates a column's name from its text
    "extra": """CASE WHEN cardinality(properties) > 0 THEN list_sort(list_transform(
        map_entries(properties), lambda e :
        replace(replace(e.key, '%', '%25'), '=', '%3D') || '=' || e.value)) END""",
}


def _selected(table: Table, *others: str) -> str:
    """Return the SELECT list for the properties of a table, over the columns of its record."""
    known = {p.name for p in table.properties} - _JOINED - {*others}
    if not isinstance(table, NodeLabel):
        known &= {*LINKS.names, *_DERIVED}
    return ", ".join(
        f'{_DERIVED.get(p.name) or _PLAIN[p.type].format(p.name)} AS "{p.name}"'
        for p in table.properties
        if p.name in known
    )


# Replies with the same content get different numbers.
_REPLIES = f"""
SELECT {_made("r", f"concat_ws({_END}, written, turn)")} AS id, {_selected(REPLY, "id", "extra")},
    extra, ["set"] AS _set
FROM (
    SELECT *, row_number() OVER (PARTITION BY written) AS turn FROM (
        SELECT *, {_DERIVED["extra"]} AS extra, concat_ws({_END}, "set", claim, party, kind,
            text, source, date, array_to_string(extra, {_END})) AS written
        FROM main.replies
    )
)"""

_CONTRACTS = """
SELECT contract AS id, list_sort(list(DISTINCT id)) AS claim_ids,
    list_sort(list(DISTINCT form) FILTER (form <> '')) AS forms,
    list_sort(list(DISTINCT trim(value || ' ' || currency)) FILTER (value <> '')) AS values,
    list_sort(list(DISTINCT valid_from) FILTER (valid_from <> '')) AS dates,
    list_sort(list(DISTINCT "set")) AS _set
FROM main.claims WHERE contract <> '' GROUP BY contract"""


def _view(node: NodeLabel) -> str:
    return RECORDS.get(node.label, "contracts")


def views(*, several: bool = True) -> dict[str, str]:
    """Return the SQL of the views in the schema `graph` by name, in the order of creation.

    Parameters
    ----------
    several : bool
        Whether an id may stand in several sets.
    """

    def records(node: NodeLabel) -> str:
        rows = merged_rows(_view(node), several=several)
        return f"SELECT {_selected(node)}, _set FROM ({rows})"

    return {
        "roots": roots(merged_rows("sources", ["origin"], several=several)),
        "rests_on": claim_roots("FROM graph.roots"),
        "entities": records(ENTITY),
        "sources": f"{records(SOURCE)} LEFT JOIN graph.roots USING (id)",
        "contracts": _CONTRACTS,
        "claims": records(CLAIM),
        "replies": _REPLIES,
        "judgements": records(JUDGEMENT),
        "cites": "SELECT DISTINCT id AS claim, unnest(sources) AS source FROM graph.claims",
        "unanswered": UNANSWERED,
        "links": f"SELECT relation, tail, head, {_selected(ENTITY_LINKS[0])} FROM main.links",
        "carried_by": "SELECT link_id, unnest(claim_ids) AS claim FROM main.links",
    }


#: Views that the loader materialises, because it reads them several times.
KEPT = ("roots", "rests_on")

#: Tables that the loader creates first: search texts, roots of claims, supplies under contract.
TABLES = (
    """CREATE TABLE searched AS
    SELECT id, '|' || array_to_string(list_sort(list_distinct(list(spelt))), '|') || '|' AS search
    FROM (
        SELECT id, unnest([key, latin, replace(latin, ' ', '')]) AS spelt FROM names
        UNION ALL SELECT id, lower(id) FROM entities
    ) WHERE spelt <> '' GROUP BY id""",
    """CREATE TABLE rested AS
    SELECT claim AS id, list_sort(list(source)) AS roots FROM graph.rests_on GROUP BY claim""",
    f"""CREATE TABLE signed AS FROM claims
    WHERE contract <> '' AND relation = 'supplies' AND link_id <> '' AND {STANDS}""",
)

_LINKS = """
SELECT links.*, technology, nullif(roles, []) AS roles, share, nullif(roots, []) AS roots,
    _set
FROM graph.links LEFT JOIN (
    SELECT link_id, list_sort(list(DISTINCT "set")) AS _set,
        list_sort(list(DISTINCT role) FILTER (role <> '' AND stands)) AS roles,
        arg_min(technology, id) FILTER (technology <> '' AND stands) AS technology,
        min(TRY_CAST(nullif(share, '') AS DOUBLE)) FILTER (stands) AS share,
        list_sort(list_distinct(flatten(list(roots) FILTER (stands)))) AS roots
    FROM (SELECT *, {stands} AS stands FROM claims) LEFT JOIN rested USING (id)
    WHERE relation = '{relation}' AND link_id <> '' GROUP BY link_id
) USING (link_id)
WHERE relation = '{relation}'
    AND tail IN (SELECT id FROM entities) AND head IN (SELECT id FROM entities)
"""

#: Type -> columns of the tail, of the head, and of the end that is an entity.
_ENDS = {
    "PARTY_TO": ("subject", "contract", "subject"),
    "DELIVERS_TO": ("contract", "object", "object"),
    "SERVES": ("contract", "programme", "programme"),
    "CONCERNS": ("contract", "product", "product"),
}


#: Label -> table that is joined to its view.
_BESIDE = {"Entity": "searched", "Claim": "rested"}


def rows_of_server() -> Iterator[tuple[str, str]]:
    """Yield name and SQL of the view of each label (`Entity`) and link type (`OWNS`)."""
    for node in NODES:
        view = _view(node)
        joined = [_BESIDE[node.label]] if node.label in _BESIDE else []
        joined.append(f"(SELECT id, _rows FROM several WHERE view = '{view}')")
        joins = " ".join(f"LEFT JOIN {table} USING (id)" for table in joined)
        yield node.label, _hashed(f"FROM graph.{view} {joins}", node)
    for link in ENTITY_LINKS:
        yield link.type, _hashed(_LINKS.format(stands=STANDS, relation=link.type.lower()), link)
    for link in CONTRACT_LINKS:
        yield link.type, _hashed(_signed(link), link)


def _signed(link: RelationshipType) -> str:
    """Return the SQL for a type of contract links: rows with the same ends become one link."""
    tail, head, entity = _ENDS[link.type]
    role = "nullif(role, '')" if link.type == "PARTY_TO" else "NULL::VARCHAR"
    key = _made("k", f"concat_ws({_END}, '{link.type}', tail, head, role)")
    return f"""
    SELECT tail, head, {key} AS link_id, {_selected(link, "link_id")}, role, _set
    FROM (
        SELECT *, coalesce(words.f, '') AS valid_from, coalesce(words.t, '') AS valid_to,
            '' AS as_of
        FROM (
            SELECT {tail} AS tail, {head} AS head, {role} AS role,
                list_sort(list(DISTINCT id)) AS claim_ids,
                list_sort(list(DISTINCT status)) AS statuses,
                min({{'f': nullif(valid_from, ''), 't': nullif(valid_to, '')}}) AS words,
                min(outer_from) AS outer_from, max(outer_to) AS outer_to,
                list_sort(list(DISTINCT "set")) AS _set
            FROM signed WHERE {entity} IN (SELECT id FROM entities) GROUP BY ALL
        )
    )"""


def _hashed(view: str, table: Table) -> str:
    """Add `_h` to a view: the hash of its properties, without the ends."""
    columns = [*(p.name for p in table.properties), "_set"]
    columns += ["_rows"] if isinstance(table, NodeLabel) else []
    return f"SELECT *, {hash_of(table, columns)} AS _h FROM ({view})"


def hash_of(table: Table, columns: list[str]) -> str:
    """Return the SQL for the hash of a row; days may be dates or texts."""
    lists = {p.name for p in table.properties if p.type == "string[]"} | {"_set", "_rows"}
    parts = [
        f'coalesce(array_to_string("{c}", chr(30)), chr(29))'
        if c in lists
        else f'coalesce("{c}"::VARCHAR, chr(29))'
        for c in columns
    ]
    return f"md5(concat_ws({_END}, {', '.join(parts)}))[:16]"
