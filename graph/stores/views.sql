-- The record as the library's questions ask for it: the nodes and links that a Neo4j server holds
-- (docs/schema.md), as views over the tables of a version. What is empty is NULL, a day is a DATE, an
-- open side is NULL, and an id that stands in several sets is one row: the first set by name that
-- fills a field wins.

CREATE SCHEMA IF NOT EXISTS graph;

-- Days are counted from the first one of year 1; the first and the last day of all stand for "open".
CREATE MACRO IF NOT EXISTS graph.day(number) AS
    CASE WHEN number NOT IN (1, 3652059) THEN DATE '0001-01-01' + (number - 1) END;

CREATE MACRO IF NOT EXISTS graph.inner_day(number, first, last) AS
    CASE WHEN first <= last THEN graph.day(number) END;

CREATE MACRO IF NOT EXISTS graph.filled(value, name) AS arg_min(value, name) FILTER (value <> '');

CREATE VIEW IF NOT EXISTS graph.entities AS
SELECT id, arg_min(kind, set) AS kind, arg_min(name, set) AS name,
    graph.filled(founded, set) AS founded, graph.filled(dissolved, set) AS dissolved,
    graph.filled(url, set) AS url, graph.filled(note, set) AS note,
    coalesce(arg_min(country, set) FILTER (len(country) > 0), []) AS country,
    list_sort(list_distinct(flatten(list(identifiers)))) AS identifiers,
    list_sort(list_distinct(list_filter(
        list_concat(list(name), flatten(list(aliases))), lambda other: other <> arg_min(name, set)
    ))) AS aliases,
    bool_or(collective) AS collective
FROM main.entities GROUP BY id;

CREATE VIEW IF NOT EXISTS graph.sources AS
WITH RECURSIVE documents AS (
    SELECT id, graph.filled(title, set) AS title, graph.filled(publisher, set) AS publisher,
        graph.filled(author, set) AS author, graph.filled(date, set) AS date,
        graph.filled(url, set) AS url, graph.filled(archive_url, set) AS archive_url,
        graph.filled(language, set) AS language, graph.filled(type, set) AS type,
        graph.filled(origin, set) AS origin, graph.filled(read_scope, set) AS read_scope,
        graph.filled(checked, set) AS checked, graph.filled(note, set) AS note
    FROM main.sources GROUP BY id
),
up(id, root) AS (
    SELECT id, id FROM documents
    UNION
    SELECT up.id, relay.origin FROM up JOIN documents AS relay ON relay.id = up.root
    WHERE relay.origin IS NOT NULL
)
SELECT documents.*, up.root
FROM documents
JOIN up USING (id)
JOIN documents AS top ON top.id = up.root AND top.origin IS NULL;

CREATE VIEW IF NOT EXISTS graph.claims AS
SELECT id, subject, relation, status, stance, sources, origin, nullif(object, '') AS object,
    nullif(asserted_by, '') AS asserted_by, nullif(valid_from, '') AS valid_from,
    nullif(valid_to, '') AS valid_to, nullif(as_of, '') AS as_of, nullif(about, '') AS about,
    nullif(contract, '') AS contract, nullif(role, '') AS role,
    nullif(programme, '') AS programme, nullif(product, '') AS product,
    nullif(technology, '') AS technology, CAST(nullif(value, '') AS DOUBLE) AS value,
    nullif(value, '') AS value_text, nullif(currency, '') AS currency, nullif(form, '') AS form,
    CAST(nullif(share, '') AS DOUBLE) AS share, nullif(locator, '') AS locator,
    nullif(text, '') AS text, nullif(stage, '') AS stage, nullif(ref, '') AS ref,
    nullif(note, '') AS note, nullif(link_id, '') AS link_id,
    graph.day(outer_from) AS outer_from, graph.day(outer_to) AS outer_to,
    graph.inner_day(inner_from, inner_from, inner_to) AS inner_from,
    graph.inner_day(inner_to, inner_from, inner_to) AS inner_to,
    inner_from > inner_to AS inner_empty
FROM main.claims QUALIFY row_number() OVER (PARTITION BY id ORDER BY set) = 1;

CREATE VIEW IF NOT EXISTS graph.cites AS
SELECT DISTINCT id AS claim, unnest(sources) AS source FROM graph.claims;

-- What claims go back to: sources that relay no other one, of the rows of all sets.
CREATE VIEW IF NOT EXISTS graph.rests_on AS
WITH told AS (
    SELECT id AS claim, unnest(if(len(origin) > 0, origin, sources)) AS source FROM main.claims
)
SELECT DISTINCT told.claim, known.root AS source
FROM told JOIN graph.sources AS known ON known.id = told.source;

CREATE VIEW IF NOT EXISTS graph.replies AS
SELECT DISTINCT claim, party, kind, nullif(text, '') AS text, nullif(source, '') AS source,
    nullif(date, '') AS date
FROM main.replies;

CREATE VIEW IF NOT EXISTS graph.links AS
SELECT link_id, relation, tail, head, statuses, claim_ids, withdrawn_ids, refuting_ids,
    CASE
        WHEN 'withdrawn' IN statuses THEN 'withdrawn'
        WHEN 'disputed' IN statuses THEN 'disputed'
        WHEN 'denied' IN statuses THEN 'denied'
        WHEN 'alleged' IN statuses THEN 'alleged'
        ELSE 'documented'
    END AS line,
    nullif(valid_from, '') AS valid_from, nullif(valid_to, '') AS valid_to,
    nullif(as_of, '') AS as_of, nullif(contract, '') AS contract,
    nullif(programme, '') AS programme, nullif(product, '') AS product, lasting,
    valid_from = '' AND valid_to = '' AND as_of = '' AS undated,
    graph.day(outer_from) AS outer_from, graph.day(outer_to) AS outer_to,
    graph.inner_day(inner_from, inner_from, inner_to) AS inner_from,
    graph.inner_day(inner_to, inner_from, inner_to) AS inner_to,
    inner_from > inner_to AS inner_empty
FROM main.links;

CREATE VIEW IF NOT EXISTS graph.carried_by AS
SELECT link_id, unnest(claim_ids) AS claim FROM graph.links;
