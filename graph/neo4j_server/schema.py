"""The graph in a Neo4j server: labels, relationship types, their properties and their meaning.

This is the only list of them. The loader, the reader, the constraints, the indexes and
docs/schema.md follow it.

A value that is empty in the record is absent in the graph. Dates as a source writes them are texts;
the days that they stand for have the type DATE.
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

#: Increased by one whenever the same record is written into the graph differently.
SCHEMA = 1

#: Names that networkx and its writers reserve.
FORBIDDEN = frozenset({"source", "target", "from", "to", "id", "key"})


#: The second label of an entity.
LABELS = {kind: kind.entry.label for kind in Kind}


def _texts(**says: str) -> Iterator[Property]:
    return (Property(name, text) for name, text in says.items())


def _lists(**says: str) -> Iterator[Property]:
    return (Property(name, text, "string[]") for name, text in says.items())


_EXTRA = Property("extra", "the file's extra columns, each as `column=value`", "string[]")
_NOTE = Property("note", "the editor's note")

_INTERVAL = (
    *_texts(
        valid_from="date, or first of two dates, as the source writes it",
        valid_to="second of two dates, as the source writes it",
        as_of="date on which the source says that this was so",
        date_precision="of the first date that is there: year, month, day or span; else undated",
    ),
    Property("outer_from", "first day that the dates allow; absent: open", "date"),
    Property("outer_to", "last day that the dates allow; absent: open", "date"),
    Property("inner_from", "first certain day; absent: open, or no day is certain", "date"),
    Property("inner_to", "last certain day; absent: open, or no day is certain", "date"),
    Property("inner_empty", "true where no day is certain", "boolean"),
)

ENTITY = NodeLabel(
    "Entity",
    "A company, body, organisation, programme, product, instrument or place, with a second label "
    "for its kind.",
    (
        *_texts(id="the editor's id", kind=", ".join(Kind), name="name"),
        *_lists(
            aliases="other names; a prefix such as `zh:` gives the language",
            country="ISO country codes",
            identifiers="identifiers with their scheme: `lei:…`, `wikidata:…`",
        ),
        *_texts(founded="date as written", dissolved="date as written"),
        Property("founded_first", "first day that `founded` allows", "date"),
        Property("dissolved_last", "last day that `dissolved` allows", "date"),
        Property("collective", "stands for several or unnamed bodies; else absent", "boolean"),
        Property("url", "its web page"),
        _NOTE,
        _EXTRA,
        Property(
            "search",
            "names, identifiers and id between bars, each normalised, in Latin letters and without "
            "spaces: `e.search CONTAINS 'auror'`; for a whole name "
            "`e.search CONTAINS '|axis|'`",
        ),
    ),
)

SOURCE = NodeLabel(
    "Source",
    "A document that claims cite.",
    (
        *_texts(
            id="the editor's id",
            title="title",
            publisher="publisher",
            author="author",
            date="date of publication, as written; not the date of the events",
            url="address of the document",
            archive_url="address of an archived copy",
            sha256="hash of the archived copy",
            language="language",
            type=", ".join(SourceType),
            origin="id of the source that it repeats",
            root="id of its root source; its own id where it is a root",
        ),
        Property("reliability", "0 to 1, if the editor gave one", "double"),
        *_texts(read_scope="how much of it was read", checked="date of the last check"),
        _NOTE,
        _EXTRA,
    ),
    (Reference("ORIGINATES_IN", "origin", "Source"),),
)

CONTRACT = NodeLabel(
    "Contract",
    "A contract that claims name: an order, award, delivery or reported transfer.",
    (
        Property("id", "the editor's id"),
        *_lists(
            claim_ids="claims that name it",
            forms=", ".join(Form),
            values="amounts with currency, as its claims give them",
            dates="valid_from of its claims",
        ),
    ),
)

CLAIM = NodeLabel(
    "Claim",
    "A statement and the sources that make it.",
    (
        *_texts(
            id="the editor's id",
            relation=", ".join(Relation),
            status=", ".join(Status),
            stance="supports, or refutes the claim in `about`",
            subject="entity id",
            object="entity id",
            about="id of the claim that it refutes or answers",
            text="what the source says, paraphrased",
            locator="where in the source",
            asserted_by="who makes the statement",
        ),
        *_lists(sources="source ids", origin="root sources that the claim itself names"),
        *_INTERVAL,
        Property("strength", "0 to 1, if the editor gave one", "double"),
        *_texts(
            contract="contract id",
            role=", ".join(Role),
            programme="entity id of the programme that the supply serves",
            product="entity id of what is supplied",
            technology="class of technology",
        ),
        Property("value", "amount", "double"),
        *_texts(
            value_text="amount as written",
            currency="ISO code",
            form=", ".join(Form),
        ),
        Property("share", "percentage, for owns", "double"),
        *_texts(stage="stage of a procedure: " + ", ".join(Stage), ref="the editor's reference"),
        _NOTE,
        _EXTRA,
        Property("link_id", "the link that it supports; absent for says and for refuting claims"),
        *_lists(roots="its root sources"),
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
    "What a party replied to a claim, or that it declined, or that no reply was readable.",
    (
        *_texts(
            id="derived from its content",
            claim="claim id",
            party="entity id of the party",
            kind=", ".join(ReplyKind),
            text="what was said",
            source="id of the source of the reply",
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
    "A reviewer's decision whether two ids are the same entity.",
    (
        *_texts(id="the editor's id", left="entity id", right="entity id"),
        Property("same", "whether they are the same", "boolean"),
        *_texts(who="reviewer", when="date of the decision", why="reason"),
        _EXTRA,
    ),
    (Reference("JUDGES", "left", "Entity"), Reference("JUDGES", "right", "Entity")),
)

#: In the order of writing: labels that others refer to come first.
NODES = (ENTITY, SOURCE, CONTRACT, CLAIM, REPLY, JUDGEMENT)

_EVIDENCE = (
    Property("link_id", "derived from the values that its claims share"),
    *_lists(
        claim_ids="claims that support it, without withdrawn ones",
        statuses="statuses of its supporting claims",
    ),
    Property("line", f"summary of its statuses: {', '.join(LINE_ORDER)}, else documented"),
)

_WALKED = (
    *_EVIDENCE,
    *_lists(refuting_ids="claims that refute it", withdrawn_ids="claims that were withdrawn"),
    *_INTERVAL,
    Property("undated", "true where no claim gives a date, which does not mean always", "boolean"),
    *_texts(
        contract="contract id",
        programme="entity id of the programme that the supply serves",
        product="entity id of what is supplied",
        technology="class of technology, from the first claim that has one",
    ),
    Property("lasting", "true for a supply over time: form service", "boolean"),
    *_lists(roles="roles that its claims give"),
    Property("share", "percentage; the lowest that a claim gives", "double"),
    *_lists(roots="root sources of its claims"),
)

_SIGNED = (*_EVIDENCE, *_INTERVAL[:2], _INTERVAL[3], *_INTERVAL[4:6])

#: Links between entities: one for each row of a version's links.
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
        (*_SIGNED, Property("role", "role of the supplying side")),
    ),
    RelationshipType("DELIVERS_TO", "the receiving side", "Contract", "Entity", _SIGNED),
    RelationshipType(
        "SERVES",
        "the programme that it serves, according to the source",
        "Contract",
        "Entity",
        _SIGNED,
    ),
    RelationshipType("CONCERNS", "the product that is sold", "Contract", "Entity", _SIGNED),
)

LINKS = (*ENTITY_LINKS, *CONTRACT_LINKS)

#: All labels and types, in the order of writing.
TABLES: tuple[Table, ...] = (*NODES, *LINKS)

#: Marks of what the loader wrote; only nodes have `_rows`.
MARKS = (
    Property("_set", "sets that it comes from; absent on what people added", "string[]"),
    Property("_v", "first digits of the dataset version that wrote it last"),
    Property("_h", "hash of its properties; of a record relationship, the hash of its node"),
    Property(
        "_ours", "on what people added: names of the properties that the loader added", "string[]"
    ),
    Property("_rows", "each row as JSON, where several sets have the id", "string[]"),
)

LOAD = "SightlineLoad"
LOCK = "SightlineLock"
VANISHED = "Vanished"
#: Type of a relationship that was relabelled instead of deleted.
GONE = "VANISHED"
