"""The graph in a Neo4j server: labels, relationship types, their properties, and what they mean.

This is the only list of them. The loader writes it, the reader reads it, constraints and indexes
follow from it, and docs/schema.md is printed from it.

What is empty in the record is absent in the graph. Dates as a source wrote them are text; days
that they stand for are of the type DATE.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.neo4j_server.shape import NodeLabel, Property, Reference, RelationshipType, Table
from graph.record.vocabulary import (
    LINE_ORDER,
    Form,
    Kind,
    Relation,
    ReplyKind,
    Role,
    SourceType,
    Stage,
    Status,
)

#: Raised by one whenever the same record would be written into the graph differently.
SCHEMA = 1

#: Networkx and its writers use these names themselves.
FORBIDDEN = frozenset({"source", "target", "from", "to", "id", "key"})


#: The second label of an entity.
LABELS = {kind: kind.entry.label for kind in Kind}


def _texts(**says: str) -> Iterator[Property]:
    return (Property(name, text) for name, text in says.items())


def _lists(**says: str) -> Iterator[Property]:
    return (Property(name, text, "string[]") for name, text in says.items())


_EXTRA = Property("extra", "columns of one's own, each as `column=value`", "string[]")
_NOTE = Property("note", "the editor's note")

_INTERVAL = (
    *_texts(
        valid_from="as written",
        valid_to="as written",
        as_of="a date on which the state is known to have held",
        date_precision="of valid_from, else of valid_to, else of as_of: year, month, day, span; "
        "or undated",
    ),
    Property("outer_from", "first day that the dates allow; absent: open", "date"),
    Property("outer_to", "last day that they allow; absent: open", "date"),
    Property("inner_from", "first day beyond doubt; absent: open, or no such day", "date"),
    Property("inner_to", "last day beyond doubt; absent: open, or no such day", "date"),
    Property("inner_empty", "no day is beyond doubt", "boolean"),
)

ENTITY = NodeLabel(
    "Entity",
    "A company, body, organisation, programme, product, instrument or place, with a second label.",
    (
        *_texts(id="the editor's id", kind=", ".join(Kind), name="its name"),
        *_lists(
            aliases="other names; `zh:` and the like say the language",
            country="ISO codes",
            identifiers="with their scheme: `lei:…`, `wikidata:…`",
        ),
        *_texts(founded="as written", dissolved="as written"),
        Property("founded_first", "first day that `founded` allows", "date"),
        Property("dissolved_last", "last day that `dissolved` allows", "date"),
        Property("collective", "stands for several or unnamed bodies; else absent", "boolean"),
        Property("url", "its own page"),
        _NOTE,
        _EXTRA,
        Property(
            "search",
            "all names, identifiers and the id, normalised, in Latin letters, and without blanks, "
            "each between bars: `e.search CONTAINS 'auror'`, a whole name "
            "`e.search CONTAINS '|axis|'`",
        ),
    ),
)

SOURCE = NodeLabel(
    "Source",
    "A document.",
    (
        *_texts(
            id="the editor's id",
            title="title",
            publisher="publisher",
            author="author",
            date="of publication, as written: never the date of what it tells",
            url="where it stood",
            archive_url="an archived copy",
            sha256="of the archived copy",
            language="language",
            type=", ".join(SourceType),
            origin="id of the source that it relays",
            root="id of the root that it goes back to; its own id where it is one",
        ),
        Property("reliability", "0 to 1, where the editor gave one", "double"),
        *_texts(read_scope="how much of it was read", checked="when it was last looked at"),
        _NOTE,
        _EXTRA,
    ),
    (Reference("ORIGINATES_IN", "origin", "Source"),),
)

CONTRACT = NodeLabel(
    "Contract",
    "An order, award, delivery or reported transfer that claims name.",
    (
        Property("id", "the editor's id"),
        *_lists(
            claim_ids="the rows that name it",
            forms=", ".join(Form),
            values="amounts with currency, as the rows say them",
            dates="valid_from of the rows",
        ),
    ),
)

CLAIM = NodeLabel(
    "Claim",
    "One statement, by somebody, in its sources.",
    (
        *_texts(
            id="the editor's id",
            relation=", ".join(Relation),
            status=", ".join(Status),
            stance="supports, or refutes the row in `about`",
            subject="entity id",
            object="entity id",
            about="id of the row that it refutes",
            text="what the source says, paraphrased",
            locator="where in the source",
            asserted_by="who says so",
        ),
        *_lists(sources="source ids", origin="root sources that the row names itself"),
        *_INTERVAL,
        Property("strength", "0 to 1, where the editor gave one", "double"),
        *_texts(
            contract="contract id",
            role=", ".join(Role),
            programme="entity id of the programme that the supply serves",
            product="entity id",
            technology="class of technology",
        ),
        Property("value", "amount", "double"),
        *_texts(
            value_text="amount, exactly",
            currency="ISO code",
            form=", ".join(Form),
        ),
        Property("share", "per cent, of owns", "double"),
        *_texts(stage="of a procedure: " + ", ".join(Stage), ref="the editor's reference"),
        _NOTE,
        _EXTRA,
        Property("link_id", "the link that it carries; absent for says and refuting rows"),
        *_lists(roots="root sources that it rests on"),
    ),
    (
        Reference("SUBJECT", "subject", "Entity"),
        Reference("OBJECT", "object", "Entity"),
        Reference("NAMES_PROGRAMME", "programme", "Entity"),
        Reference("NAMES_PRODUCT", "product", "Entity"),
        Reference("OF_CONTRACT", "contract", "Contract"),
        Reference("CITES", "sources", "Source", many=True, carries=("locator",)),
        Reference("RESTS_ON", "roots", "Source", many=True),
        Reference("REFUTES", "about", "Claim"),
    ),
)

REPLY = NodeLabel(
    "Reply",
    "What a party said to a claim; or that it declined, or that no reply was readable.",
    (
        *_texts(
            id="made from its content",
            claim="claim id",
            party="entity id",
            kind=", ".join(ReplyKind),
            text="what was said",
            source="id of the source that holds it",
            date="as written",
        ),
        _EXTRA,
    ),
    (
        Reference("ANSWERS", "claim", "Claim"),
        Reference("SAID_BY", "party", "Entity"),
        Reference("CITES", "source", "Source"),
    ),
)

JUDGEMENT = NodeLabel(
    "Judgement",
    "A reviewer's word that two ids are one entity, or are not.",
    (
        *_texts(id="the editor's id", left="entity id", right="entity id"),
        Property("same", "whether they are one", "boolean"),
        *_texts(who="reviewer", when="date", why="reason"),
        _EXTRA,
    ),
    (Reference("JUDGES", "left", "Entity"), Reference("JUDGES", "right", "Entity")),
)

#: In the order in which they are written: what is referred to comes first.
NODES = (ENTITY, SOURCE, CONTRACT, CLAIM, REPLY, JUDGEMENT)

_EVIDENCE = (
    Property("link_id", "made from what its rows agree in"),
    *_lists(
        claim_ids="rows that support it, without the withdrawn",
        statuses="of all its supporting rows",
    ),
    Property("line", f"how it is drawn: {', '.join(LINE_ORDER)}, else documented"),
)

_WALKED = (
    *_EVIDENCE,
    *_lists(refuting_ids="rows that refute it", withdrawn_ids="rows that were withdrawn"),
    *_INTERVAL,
    Property("undated", "no date at all: never read as always", "boolean"),
    *_texts(
        contract="contract id",
        programme="entity id of the programme that the supply serves",
        product="entity id of what is supplied",
        technology="of the first row that has one",
    ),
    Property("lasting", "true of a supply that lasts: form service", "boolean"),
    *_lists(roles="of its rows"),
    Property("share", "per cent; the least that a row says", "double"),
    *_lists(roots="root sources that its rows rest on"),
)

_SIGNED = (*_EVIDENCE, *_INTERVAL[:2], _INTERVAL[3], *_INTERVAL[4:6])

#: Links between entities, one a row of a version's links.
ENTITY_LINKS = tuple(
    RelationshipType(relation.upper(), relation.entry.meaning, "Entity", "Entity", _WALKED)
    for relation in Relation
    if relation.entry.ends
)

#: Links of contracts, from the supplies that name one.
CONTRACT_LINKS = (
    RelationshipType(
        "PARTY_TO",
        "the supplying side",
        "Entity",
        "Contract",
        (*_SIGNED, Property("role", "of the supplying side")),
    ),
    RelationshipType("DELIVERS_TO", "the receiving side", "Contract", "Entity", _SIGNED),
    RelationshipType(
        "SERVES", "the programme that the source says it serves", "Contract", "Entity", _SIGNED
    ),
    RelationshipType("CONCERNS", "what is sold", "Contract", "Entity", _SIGNED),
)

LINKS = (*ENTITY_LINKS, *CONTRACT_LINKS)

#: All of them, in the order in which they are written.
TABLES: tuple[Table, ...] = (*NODES, *LINKS)

#: What marks that the loader wrote a node or a relationship; `_rows` is for nodes alone.
MARKS = (
    Property("_set", "named sources that it comes from; absent: made by hand", "string[]"),
    Property("_v", "first digits of the dataset version that last wrote it"),
    Property("_h", "hash of its own properties, or, of a record relationship, of its node's"),
    Property("_ours", "on what was made by hand: what the loader added to it", "string[]"),
    Property("_rows", "where an id stands in several sets: each row, as JSON", "string[]"),
)

LOAD = "SightlineLoad"
LOCK = "SightlineLock"
VANISHED = "Vanished"
#: Type of a relationship that was relabelled instead of deleted.
GONE = "VANISHED"
