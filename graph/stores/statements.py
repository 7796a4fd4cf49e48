"""The longer SQL of the embedded store, over views that are named like the tables of a version."""

from __future__ import annotations

from graph.merge import merged_rows, merging
from graph.stores.base import DOCUMENTS

# -- Names ---------------------------------------------------------------------------------------

#: Parameters of both searches: $text as typed; $key normalised; $latin in Latin letters, $tight the
#: same without spaces, $words its words; $limit. What has no letter is NULL, and meets nothing.
_MEETING = """
WITH seen AS (
    SELECT id, text, sort, key, latin, replace(latin, ' ', '') AS tight FROM names
),
met AS (
    SELECT id, text, sort, length($tight) / greatest(length(tight), 1) AS covered, CASE
        WHEN key = $key OR tight = $tight THEN 0.9
        WHEN starts_with(key, $key) OR starts_with(tight, $tight) THEN 0.8
        WHEN contains(key, $key) OR contains(latin, $latin) OR contains(latin, $tight) THEN 0.7
        WHEN list_bool_and([contains(latin, word) FOR word IN $words]) THEN 0.6
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
met AS (
    SELECT id, text, sort, 0 AS covered, if(likeness >= $similar, likeness / 2, NULL) AS base
    FROM alike
),
"""

_RANKED = f"""
best AS (
    SELECT id, text AS matched, sort,
        round(base + least(covered, 1) * 0.09 - if(sort = 'name', 0, 0.01), 4) AS score
    FROM met WHERE base IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY score DESC, text) = 1
),
shown AS (
    SELECT {merging("entities", ("kind", "name", "country"))}
    FROM entities WHERE id IN (SELECT id FROM best) GROUP BY id
)
SELECT count(*) OVER () AS total, id, kind, name, country, matched, score
FROM best JOIN shown USING (id) ORDER BY score DESC, name, id LIMIT $limit
"""  # noqa: S608 - made of column names

#: Names that a text is, begins, is part of, or shares all its words with.
MEETING_NAMES = _MEETING + _RANKED

#: Names and ids that are like a text, as a whole or word by word, to the degree $similar.
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

#: Sources $ids and what they originate in, to the root.
SOURCES = "FROM sources WHERE id IN (SELECT unnest($ids))"

#: Sources with the number of rows that cite them.
SOURCE_DOCUMENTS = f"""
WITH pairs AS (SELECT id AS claim, unnest(sources) AS id FROM claims),
cited AS (SELECT id, count(DISTINCT claim) AS claims FROM pairs GROUP BY id),
documents AS ({merged_rows("sources", DOCUMENTS.names[1:-1])})
SELECT documents.*, coalesce(claims, 0) AS claims FROM documents LEFT JOIN cited USING (id)
"""  # noqa: S608 - made of column names

#: The cited ones, latest first; of a span its end counts.
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

#: How many ids a statement finds, and the first of them.
COUNTED = "SELECT count(*), coalesce(list_sort(list(id))[:$limit], []) FROM ({found})"

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

#: Links on admissible walks from $exporters to $targets (NULL: from or to anywhere) within
#: $max_hops. A walk stands at a place in a part: 0 succession, 1 ownership, 2 supply, 3 programme;
#: 4 where it leaves the record for a lead. Entities tied by `same_as` are one place, as it is free
#: and goes both ways. A step is kept where the fewest hops from an exporter to it, its own, and the
#: fewest from it to a target make no more than $max_hops. Links and places are told by hashes,
#: which take a fifth of the memory; if two met, too many links would be kept, and never too few.
RELEVANT_LINKS = """
WITH RECURSIVE
ties AS (
    SELECT hash(tail) AS a, hash(head) AS b FROM links WHERE relation = 'same_as'
    UNION
    SELECT hash(head), hash(tail) FROM links WHERE relation = 'same_as'
),
tied(id, place) USING KEY (id) AS (
    SELECT DISTINCT a, a FROM ties
    UNION
    SELECT b, min(tied.place) FROM tied
    JOIN ties ON a = tied.id
    JOIN recurring.tied AS known ON known.id = b
    WHERE tied.place < known.place GROUP BY b
),
placed AS MATERIALIZED (
    SELECT hash(link_id) AS link, relation, programme <> '' AS serves,
        coalesce(t.place, hash(tail)) AS tail, coalesce(h.place, hash(head)) AS head,
        coalesce(p.place, hash(programme)) AS programme,
        relation = 'contributes_to' AND tail IN (SELECT id FROM entities WHERE kind = 'company')
            AS by_company
    FROM links
    LEFT JOIN tied AS t ON t.id = hash(tail)
    LEFT JOIN tied AS h ON h.id = hash(head)
    LEFT JOIN tied AS p ON p.id = hash(programme)
    WHERE relation <> 'listed_in'
),
runs AS (  -- what a buyer is known to run: leads
    SELECT link, tail, head FROM placed
    WHERE relation = 'operates' OR (relation = 'contributes_to' AND NOT by_company)
),
-- a walk in one of the parts from `since` to `until` may take the step
steps(link, since, until, place, next_part, next_place, hops) AS MATERIALIZED (
    SELECT link, 0, 0, head, 0, tail, 1 FROM placed WHERE relation = 'succeeded_by'
    UNION ALL
    SELECT link, 0, 1, tail, 1, head, 1 FROM placed WHERE relation = 'owns'
    UNION ALL
    SELECT link, 0, 2, tail, 2, head, 1 FROM placed WHERE relation = 'supplies'
    UNION ALL
    SELECT link, 0, 2, tail, 3, programme, 1 FROM placed WHERE relation = 'supplies' AND serves
    UNION ALL
    SELECT link, 0, 2, tail, 3, head, 1 FROM placed WHERE by_company
    UNION ALL
    SELECT link, 3, 3, tail, 3, head, 1 FROM placed WHERE relation = 'part_of'
    UNION ALL
    SELECT link, 2, 2, tail, 4, head, 0 FROM runs
),
given_exporters AS (
    SELECT coalesce(place, id) AS place
    FROM (SELECT hash(unnest($exporters::VARCHAR[])) AS id) LEFT JOIN tied USING (id)
),
given_targets AS (
    SELECT coalesce(place, id) AS place
    FROM (SELECT hash(unnest($targets::VARCHAR[])) AS id) LEFT JOIN tied USING (id)
),
onward(part, place, hops) USING KEY (part, place) AS (
    SELECT DISTINCT 0, place, 0 FROM (
        SELECT place FROM steps WHERE since = 0 AND $exporters IS NULL
        UNION ALL FROM given_exporters
    )
    UNION
    SELECT next_part, next_place, min(o.hops + s.hops)
    FROM onward AS o
    JOIN steps AS s ON s.place = o.place AND o.part BETWEEN since AND until
    LEFT JOIN recurring.onward AS known
        ON known.part = next_part AND known.place = next_place
    WHERE o.hops + s.hops <= $max_hops AND o.hops + s.hops < coalesce(known.hops, $max_hops + 1)
    GROUP BY next_part, next_place
),
back(part, place, hops) USING KEY (part, place) AS (
    SELECT part, place, 0 FROM onward
    WHERE part >= 2 AND ($targets IS NULL OR place IN (FROM given_targets))
    UNION
    SELECT o.part, o.place, min(b.hops + s.hops)
    FROM back AS b
    JOIN steps AS s ON next_place = b.place AND next_part = b.part
    JOIN onward AS o ON o.place = s.place AND o.part BETWEEN since AND until
    LEFT JOIN recurring.back AS known ON known.part = o.part AND known.place = o.place
    WHERE o.hops + s.hops + b.hops <= $max_hops
        AND b.hops + s.hops < coalesce(known.hops, $max_hops + 1)
    GROUP BY o.part, o.place
),
walked AS MATERIALIZED (
    SELECT DISTINCT link
    FROM back AS b
    JOIN steps AS s ON next_place = b.place AND next_part = b.part
    JOIN onward AS o ON o.place = s.place AND o.part BETWEEN since AND until
    WHERE o.hops + s.hops + b.hops <= $max_hops
),
met AS (
    SELECT part, place FROM back
    UNION  -- who bought for a programme, though the walk goes on from the programme
    SELECT 2, head FROM placed WHERE relation = 'supplies' AND link IN (FROM walked)
),
chosen AS (
    FROM walked
    UNION
    SELECT link FROM runs WHERE tail IN (SELECT place FROM met WHERE part = 2)
    UNION
    SELECT link FROM placed WHERE relation = 'same_as' AND tail IN (SELECT place FROM met)
)
SELECT * FROM links WHERE hash(link_id) IN (FROM chosen) ORDER BY link_id
"""
