"""SQL of the embedded store, over views named like the tables of a version."""

from __future__ import annotations

from graph.record.merge import merged_rows, merging
from graph.stores.base import DOCUMENTS

# -- Names ---------------------------------------------------------------------------------------

#: Parameters of both searches: $text as typed; $key normalised; $latin in Latin letters; $tight,
#: the same without spaces; $words, its words; $limit. A text without letters is NULL: no match.
_MATCHING = """
WITH seen AS (
    SELECT id, text, sort, key, latin, replace(latin, ' ', '') AS tight FROM names
),
matching AS (
    SELECT id, text, sort, length($tight) / greatest(length(tight), 1) AS covered, CASE
        WHEN key = $key OR tight = $tight THEN 0.9
        WHEN starts_with(key, $key) OR starts_with(tight, $tight) THEN 0.8
        WHEN contains(' ' || key, ' ' || $key) OR contains(' ' || latin, ' ' || $latin)
            OR contains(' ' || latin, ' ' || $tight) THEN 0.7
        WHEN key <> latin AND (contains(key, $key) OR contains(latin, $latin)
            OR contains(latin, $tight)) THEN 0.7  -- scripts without spaces
        WHEN list_bool_and([
            contains(' ' || latin, ' ' || word) OR (key <> latin AND contains(latin, word))
            FOR word IN $words
        ]) THEN 0.6
        WHEN length($tight) >= 4 AND contains(latin, $latin) AND NOT EXISTS (
            FROM seen WHERE contains(' ' || key, ' ' || $key)  -- inside a word: a last resort
        ) THEN 0.55
        END AS base
    FROM seen
    UNION ALL
    SELECT id, id, 'name', 1, 0.91 FROM entities WHERE lower(id) = lower($text)
),
"""

_LIKENESS = """
WITH seen AS (
    SELECT id, text, sort, key, replace(latin, ' ', '') AS tight, string_split(latin, ' ') AS parts
    FROM names WHERE sort <> 'identifier'
    UNION ALL
    SELECT id, id, 'id', id, '', [] FROM entities
),
alike AS (
    SELECT id, text, sort, greatest(
        jaro_winkler_similarity(key, $key),
        jaro_winkler_similarity(tight, $tight),
        list_min([
            list_max([jaro_winkler_similarity(part, word) FOR part IN parts]) FOR word IN $words
        ])
    ) AS likeness
    FROM seen
),
matching AS (
    SELECT id, text, sort, 0 AS covered, if(likeness >= $similar, likeness / 2, NULL) AS base
    FROM alike
),
"""

_RANKED = f"""
best AS (
    SELECT id, text AS matched, sort,
        round(base + least(covered, 1) * 0.09 - if(sort = 'name', 0, 0.01), 4) AS score
    FROM matching WHERE base IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY score DESC, text) = 1
),
shown AS (
    SELECT {merging("entities", ("kind", "name", "country"))}
    FROM entities WHERE id IN (SELECT id FROM best) GROUP BY id
)
SELECT count(*) OVER () AS total, id, kind, name, country, matched, score
FROM best JOIN shown USING (id) ORDER BY score DESC, name, id LIMIT $limit
"""  # noqa: S608 - made of column names

#: Names that equal, begin with or contain a text, or contain all its words.
MEETING_NAMES = _MATCHING + _RANKED

#: Names and ids that are similar to a text, as a whole or word by word, by at least $similar.
SIMILAR_NAMES = _LIKENESS + _RANKED

# -- Records -------------------------------------------------------------------------------------

ENTITIES = "FROM entities WHERE id IN (SELECT unnest($ids))"

CLAIMS = "FROM claims WHERE id IN (SELECT unnest($ids)) ORDER BY id, set"

CLAIMS_ABOUT = """
FROM claims WHERE $id IN (subject, object, programme, product) ORDER BY id, set
"""

REPLIES = """
FROM replies WHERE claim IN (SELECT unnest($ids)) ORDER BY claim, date, party, set, kind, text
"""

#: The sources $ids.
SOURCES = "FROM sources WHERE id IN (SELECT unnest($ids))"

#: Sources with the number of claims that cite them.
SOURCE_DOCUMENTS = f"""
WITH pairs AS (SELECT id AS claim, unnest(sources) AS id FROM claims),
cited AS (SELECT id, count(DISTINCT claim) AS claims FROM pairs GROUP BY id),
documents AS ({merged_rows("sources", DOCUMENTS.names[1:-1])})
SELECT documents.*, coalesce(claims, 0) AS claims FROM documents LEFT JOIN cited USING (id)
"""  # noqa: S608 - made of column names

#: The cited sources, latest first; of a span the end counts.
NEWEST_DOCUMENTS = f"""
FROM ({SOURCE_DOCUMENTS}) WHERE claims > 0
ORDER BY split_part(date, '/', -1) DESC, id LIMIT $limit
"""

COUNTS = """
SELECT 'entities', count(DISTINCT id) FROM entities UNION ALL
SELECT 'sources', count(DISTINCT id) FROM sources UNION ALL
SELECT 'claims', count(DISTINCT id) FROM claims UNION ALL
SELECT 'replies', count(*) FROM replies UNION ALL
SELECT 'judgements', count(DISTINCT id) FROM judgements UNION ALL
SELECT 'links', count(*) FROM links
"""

# -- Gaps ----------------------------------------------------------------------------------------

_UNDATED_LINKS = """
SELECT link_id AS id FROM links
WHERE relation <> 'same_as' AND valid_from = '' AND valid_to = '' AND as_of = ''
"""

_SUPPLIES_WITHOUT_PROGRAMME = """
SELECT link_id AS id FROM links WHERE relation = 'supplies' AND programme = ''
    AND head NOT IN (SELECT id FROM entities WHERE kind = 'company')
"""

_SINGLE_ORIGIN_LINKS = """
SELECT link_id AS id FROM graph.carried_by JOIN graph.rests_on USING (claim)
GROUP BY link_id HAVING count(DISTINCT source) = 1
"""

#: The number of ids that a statement finds, and the first of them.
COUNTED = "SELECT count(*), coalesce(list_sort(list(id))[:$limit], []) FROM ({ids})"

#: Name of a gap -> table of its ids, and the statement that finds them, as a column `id`.
GAPS = {
    "undated_links": ("links", _UNDATED_LINKS),
    "unanswered_claims": ("claims", "SELECT claim AS id FROM graph.unanswered"),
    "supplies_without_programme": ("links", _SUPPLIES_WITHOUT_PROGRAMME),
    "single_origin_links": ("links", _SINGLE_ORIGIN_LINKS),
}

# -- Links and walks -----------------------------------------------------------------------------

LINKS = "FROM links WHERE link_id IN (SELECT unnest($ids)) ORDER BY link_id"

NEIGHBOURS = "FROM links WHERE $id IN (tail, head, programme) ORDER BY link_id"
