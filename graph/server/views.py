"""SQL that turns a version's tables into the rows of the graph: a view a label and a link type.

The columns of a view are the properties of `graph.server.schema`, then `_set` (of nodes also
`_rows`); of a link also `tail` and `head`, the ids of its ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.dates import EARLIEST, LATEST
from graph.origins import rests_on, roots
from graph.server.schema import CONTRACT_LINKS, ENTITY_LINKS, NODES
from graph.server.shape import Node, Table
from graph.vocabulary import LINE_ORDER

#: Ends parts of a text that is hashed; no record holds it.
_END = "chr(31)"

MACROS = (
    "CREATE MACRO filled(t) AS nullif(t, '')",
    "CREATE MACRO kept(l) AS CASE WHEN len(l) > 0 THEN l END",
    "CREATE MACRO amount(t) AS TRY_CAST(nullif(t, '') AS DOUBLE)",
    f"""CREATE MACRO as_day(n) AS DATE '0001-01-01' + CAST(n - {EARLIEST} AS INTEGER)""",
    f"CREATE MACRO since(n) AS CASE WHEN n > {EARLIEST} THEN as_day(n) END",  # else it is open
    f"CREATE MACRO until(n) AS CASE WHEN n < {LATEST} THEN as_day(n) END",
    """CREATE MACRO first_day(t) AS TRY_CAST(CASE length(split_part(t, '/', 1))
        WHEN 4 THEN split_part(t, '/', 1) || '-01-01'
        WHEN 7 THEN split_part(t, '/', 1) || '-01'
        ELSE split_part(t, '/', 1) END AS DATE)""",
    """CREATE MACRO final_day(t) AS CASE length(split_part(t, '/', -1))
        WHEN 4 THEN TRY_CAST(split_part(t, '/', -1) || '-12-31' AS DATE)
        WHEN 7 THEN last_day(TRY_CAST(split_part(t, '/', -1) || '-01' AS DATE))
        ELSE TRY_CAST(split_part(t, '/', -1) AS DATE) END""",
    """CREATE MACRO exactness(t) AS CASE
        WHEN coalesce(t, '') = '' THEN 'undated'
        WHEN contains(t, '/') THEN 'span'
        WHEN length(t) = 4 THEN 'year' WHEN length(t) = 7 THEN 'month' ELSE 'day' END""",
    f"""CREATE MACRO line_of(statuses) AS CASE
        {" ".join(f"WHEN list_contains(statuses, '{s}') THEN '{s}'" for s in LINE_ORDER)}
        ELSE 'documented' END""",
    # a column's name is told from its text by the first `=`
    """CREATE MACRO extra(m) AS kept(list_sort(list_transform(map_entries(m), lambda e :
        replace(replace(e.key, '%', '%25'), '=', '%3D') || '=' || e.value)))""",
    "CREATE MACRO made(letter, t) AS letter || '-' || sha256(t)[:16]",
)

_INTERVAL = """
    filled(valid_from) AS valid_from, filled(valid_to) AS valid_to, filled(as_of) AS as_of,
    exactness(coalesce(filled(valid_from), filled(valid_to), as_of)) AS date_precision,
    since(outer_from) AS outer_from, until(outer_to) AS outer_to,
    CASE WHEN inner_from <= inner_to THEN since(inner_from) END AS inner_from,
    CASE WHEN inner_from <= inner_to THEN until(inner_to) END AS inner_to,
    inner_from > inner_to AS inner_empty
"""

#: Made first, and kept: each is read several times.
TABLES = (
    """CREATE TABLE searched AS
    SELECT id, '|' || array_to_string(list_sort(list_distinct(list(spelt))), '|') || '|' AS search
    FROM (
        SELECT id, unnest([key, latin, replace(latin, ' ', '')]) AS spelt FROM names
        UNION ALL SELECT id, lower(id) FROM one_entities
    ) WHERE spelt <> '' GROUP BY id""",
    f"CREATE TABLE roots AS {roots('FROM one_sources')}",
    f"""CREATE TABLE rested AS
    SELECT claim, list_sort(list(source)) AS roots
    FROM ({rests_on("FROM roots")}) GROUP BY claim""",
    """CREATE TABLE signed AS
    SELECT *, coalesce(filled(valid_from), filled(valid_to), as_of) AS dated
    FROM claims WHERE contract <> '' AND relation = 'supplies' AND link_id <> ''
        AND status <> 'withdrawn'""",
)

_VIEWS: dict[str, str] = {
    "Entity": """
    SELECT id, kind, name, kept(aliases) AS aliases, kept(country) AS country,
        kept(identifiers) AS identifiers, filled(founded) AS founded,
        filled(dissolved) AS dissolved, first_day(founded) AS founded_first,
        final_day(dissolved) AS dissolved_last, nullif(collective, false) AS collective,
        filled(url) AS url, filled(note) AS note, extra(properties) AS extra, search, _set, _rows
    FROM one_entities LEFT JOIN searched USING (id)""",
    "Source": """
    SELECT id, title, publisher, filled(author) AS author, filled(date) AS date,
        filled(url) AS url, filled(archive_url) AS archive_url, filled(sha256) AS sha256,
        filled(language) AS language, type, filled(origin) AS origin, root,
        amount(reliability) AS reliability, filled(read_scope) AS read_scope,
        filled(checked) AS checked, filled(note) AS note, extra(properties) AS extra, _set, _rows
    FROM one_sources LEFT JOIN roots USING (id)""",
    "Contract": """
    SELECT contract AS id, list_sort(list(DISTINCT id)) AS claim_ids,
        list_sort(list(DISTINCT form) FILTER (form <> '')) AS forms,
        list_sort(list(DISTINCT trim(value || ' ' || currency)) FILTER (value <> '')) AS values,
        list_sort(list(DISTINCT valid_from) FILTER (valid_from <> '')) AS dates,
        list_sort(list(DISTINCT set)) AS _set, NULL::VARCHAR[] AS _rows
    FROM claims WHERE contract <> '' GROUP BY contract""",
    "Claim": f"""
    SELECT id, relation, status, coalesce(filled(stance), 'supports') AS stance, subject,
        filled(object) AS object, filled(about) AS about, filled(text) AS text,
        filled(locator) AS locator, filled(asserted_by) AS asserted_by, kept(sources) AS sources,
        kept(origin) AS origin, {_INTERVAL}, amount(strength) AS strength,
        filled(contract) AS contract, filled(role) AS role, filled(programme) AS programme,
        filled(product) AS product, filled(technology) AS technology, amount(value) AS value,
        filled(value) AS value_text, filled(currency) AS currency, filled(form) AS form,
        amount(share) AS share, filled(stage) AS stage, filled(ref) AS ref, filled(note) AS note,
        extra(properties) AS extra, filled(link_id) AS link_id, rested.roots, _set, _rows
    FROM one_claims LEFT JOIN rested ON rested.claim = id""",
    "Reply": f"""
    SELECT made('r', concat_ws({_END}, written, turn)) AS id, claim, party, kind,
        filled(text) AS text, filled(source) AS source, filled(date) AS date, extra,
        [set] AS _set, NULL::VARCHAR[] AS _rows
    FROM (
        SELECT *, row_number() OVER (PARTITION BY written) AS turn FROM (
            SELECT *, extra(properties) AS extra, concat_ws({_END}, set, claim, party, kind,
                text, source, date, array_to_string(extra, {_END})) AS written
            FROM replies
        )
    )""",
    "Judgement": """
    SELECT id, "left", "right", coalesce(same, false) AS same, who, "when", filled(why) AS why,
        extra(properties) AS extra, _set, _rows
    FROM one_judgements""",
}

_LINKS = f"""
SELECT tail, head, links.link_id, claim_ids, list_sort(statuses) AS statuses,
    line_of(statuses) AS line, kept(refuting_ids) AS refuting_ids,
    kept(withdrawn_ids) AS withdrawn_ids, {_INTERVAL},
    valid_from = '' AND valid_to = '' AND as_of = '' AS undated,
    filled(contract) AS contract, filled(programme) AS programme,
    product, technology, kept(roles) AS roles, share, kept(roots) AS roots, _set
FROM links LEFT JOIN (
    SELECT link_id, list_sort(list(DISTINCT set)) AS _set,
        list_sort(list(DISTINCT role) FILTER (role <> '' AND stands)) AS roles,
        arg_min(product, id) FILTER (product <> '' AND stands) AS product,
        arg_min(technology, id) FILTER (technology <> '' AND stands) AS technology,
        min(amount(share)) FILTER (stands) AS share,
        list_sort(list_distinct(flatten(list(rested.roots) FILTER (stands)))) AS roots
    FROM (SELECT *, status <> 'withdrawn' AS stands FROM claims) AS claims
    LEFT JOIN rested ON rested.claim = id
    WHERE relation = '{{relation}}' AND link_id <> '' GROUP BY link_id
) USING (link_id)
WHERE relation = '{{relation}}'
    AND tail IN (SELECT id FROM entities) AND head IN (SELECT id FROM entities)
"""

_SIGNED = """
SELECT tail, head, made('k', concat_ws(chr(31), '{type}', tail, head, role)) AS link_id,
    claim_ids, statuses, line_of(statuses) AS line, words.f AS valid_from, words.t AS valid_to,
    exactness(coalesce(words.f, words.t)) AS date_precision, since(outer_from) AS outer_from,
    until(outer_to) AS outer_to, {role} _set
FROM (
    SELECT {tail} AS tail, {head} AS head, {by} AS role,
        list_sort(list(DISTINCT id)) AS claim_ids,
        list_sort(list(DISTINCT status)) AS statuses,
        min({{'f': filled(valid_from), 't': filled(valid_to)}}) AS words,
        min(outer_from) AS outer_from, max(outer_to) AS outer_to,
        list_sort(list(DISTINCT set)) AS _set
    FROM signed WHERE {entity} IN (SELECT id FROM entities) GROUP BY ALL
)
"""

#: Type -> tail, head, the end that is an entity.
_ENDS = {
    "PARTY_TO": ("subject", "contract", "subject"),
    "DELIVERS_TO": ("contract", "object", "object"),
    "SERVES": ("contract", "programme", "programme"),
    "CONCERNS": ("contract", "product", "product"),
}


def _signed(type_: str) -> str:
    tail, head, entity = _ENDS[type_]
    has_role = type_ == "PARTY_TO"
    return _SIGNED.format(
        type=type_,
        tail=tail,
        head=head,
        entity=entity,
        by="filled(role)" if has_role else "NULL::VARCHAR",
        role="role," if has_role else "",
    )


def _hashed(view: str, table: Table) -> str:
    """Return a view with `_h`: the hash of all that its rows hold, ends aside."""
    columns = [*(p.name for p in table.properties), "_set"]
    columns += ["_rows"] if isinstance(table, Node) else []
    return f"SELECT *, {hash_of(table, columns)} AS _h FROM ({view})"


def hash_of(table: Table, columns: list[str]) -> str:
    """Return the expression for the hash of a row; days may be dates, or text."""
    lists = {p.name for p in table.properties if p.type == "string[]"} | {"_set", "_rows"}
    parts = [
        f'coalesce(array_to_string("{c}", chr(30)), chr(29))'
        if c in lists
        else f'coalesce("{c}"::VARCHAR, chr(29))'
        for c in columns
    ]
    return f"md5(concat_ws({_END}, {', '.join(parts)}))[:16]"


def views() -> Iterator[tuple[str, str]]:
    """Yield name and SQL of each view: labels as `Entity`, link types as `OWNS`."""
    for node in NODES:
        yield node.label, _hashed(_VIEWS[node.label], node)
    for link in ENTITY_LINKS:
        yield link.type, _hashed(_LINKS.format(relation=link.type.lower()), link)
    for link in CONTRACT_LINKS:
        yield link.type, _hashed(_signed(link.type), link)
