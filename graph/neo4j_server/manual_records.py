"""Manual additions as records: the fields of a link or a node, and what the model makes of them."""

from __future__ import annotations

from typing import Any

import msgspec

from graph.neo4j_server.schema import NODES
from graph.record import ids
from graph.record.model import RECORDS, AnyRecord, Claim, Reply
from graph.validate.explain import explain_row
from graph.validate.faults import Fault
from graph.validate.layout import LAYOUTS

#: Prefix of the id of a claim that was drawn as a link without an id.
UNNAMED = "hand-"


def dates_are_readable(record: Claim | Reply) -> bool:
    """Return whether the dates of a claim can be read."""
    try:
        return isinstance(record, Reply) or bool(record.readings)
    except ValueError:
        return False


def add_reference(label: str, fields: dict[str, Any], type_: str, id_: str) -> None:
    """Add the id at the end of a relationship to the fields of a manually added claim or reply.

    Parameters
    ----------
    label : str
        Label of the claim or reply.
    fields : dict of str to object
        Its fields, to which the id is added.
    type_ : str
        Type of the relationship.
    id_ : str
        Id of the node at its end.
    """
    [node] = [node for node in NODES if node.label == label]
    for reference in (r for r in node.references if r.type == type_):
        if reference.many:
            ids_so_far = fields.setdefault(reference.column, [])
            if id_ not in ids_so_far:
                fields[reference.column] = [*ids_so_far, id_]
        else:
            fields.setdefault(reference.column, id_)


def claim_fields_of(type_: str, tail: str, head: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the claim for a drawn link, with an id derived from its values.

    Parameters
    ----------
    type_ : str
        Type of the link.
    tail, head : str
        Ids of its ends.
    fields : dict of str to object
        Its properties.
    """
    values = {**fields, "subject": tail, "object": head, "relation": type_.lower()}
    values.pop("link_id", None)
    parts = sorted(f"{key}={value}" for key, value in values.items())
    return {"id": ids.stable_id(UNNAMED.rstrip("-"), *parts), **values}


def record_of(table: str, fields: dict[str, Any], name: str) -> AnyRecord | list[Fault]:
    """Make a record from properties; unknown ones become its own extra columns.

    Parameters
    ----------
    table : str
        Name of the record's table.
    fields : dict of str to object
        The properties.
    name : str
        Set of the record.

    Returns
    -------
    Record or list of Fault
        The record, or what keeps the properties from being one.
    """
    shapes = LAYOUTS[table].shapes
    known: dict[str, Any] = {}
    own: dict[str, str] = {}
    for key, value in fields.items():
        if value is None or key.startswith("_"):
            continue
        if key not in shapes:
            own[key] = str(value)
        elif shapes[key].is_list:
            known[key] = tuple(_items(value))
        elif shapes[key].is_flag and isinstance(value, bool):
            known[key] = value
        else:
            known[key] = ids.plain(value) if isinstance(value, float) else str(value)
    known = {key: value for key, value in known.items() if value not in ("", ())}
    try:
        whole = {**known, "properties": own, "set": name}
        return msgspec.convert(whole, RECORDS[table], strict=False)
    except msgspec.ValidationError:
        return explain_row(table, known)


def _items(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else str(value).split(";")
    return [text for part in parts if (text := str(part).strip())]
