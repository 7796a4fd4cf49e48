"""A record with something of everything, and versions that follow it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import msgspec

from graph.dataset import Archive
from graph.neo4j_server.connection import Connection
from graph.neo4j_server.load import Loaded, load_version
from graph.record.model import AnyRecord, Claim, Reply
from tests.contract.rows import claim, entity, reply, source

RECORDS: tuple[AnyRecord, ...] = (
    *(entity(id_) for id_ in ("axis", "canon", "reseller")),
    entity("bureau", "public_body", country=("CN",), collective=True),
    *(entity(id_, "programme") for id_ in ("skynet", "whole")),
    entity("camera", "product"),
    entity("axis", set="u", name="Axis AB", note="another set's"),
    source("report", date="2020-09"),
    source("s", origin="report"),
    source("other", reliability=0.25),
    claim("c1", "canon", "owns", "axis", valid_from="2015-04-10", share=84.83),
    claim("c2", "axis", "supplies", "reseller", valid_from="2012/2013", contract="k1"),
    claim(
        "c3",
        "reseller",
        "supplies",
        "bureau",
        programme="skynet",
        product="camera",
        contract="k1",
        role="reseller",
        value="1200000.50",
        currency="EUR",
        form="order",
        locator="page 3",
        sources=("s", "other"),
    ),
    claim("c4", "reseller", "supplies", "bureau", stance="refutes", about="c3", programme="skynet"),
    claim("c5", "skynet", "part_of", "whole", as_of="2020"),
    claim("c6", "axis", "says", status="denied", properties={"my column": "x=1"}),
    reply("c3", party="axis", source="other", text="No."),
    reply("c3", party="axis", source="other", text="No."),
)


def changed(records: tuple[AnyRecord, ...], chance: random.Random) -> tuple[AnyRecord, ...]:
    """Another version: some claims and replies go, some say something else, some come."""
    kept = [r for r in records if not isinstance(r, Claim) or chance.random() < 0.7]
    ids = {r.id for r in kept if isinstance(r, Claim)}
    rows: list[AnyRecord] = []
    for record in kept:
        if isinstance(record, Claim):
            if record.about and record.about not in ids:
                continue
            if chance.random() < 0.4:
                record = msgspec.structs.replace(record, text="anew", valid_from="2001")
        elif isinstance(record, Reply) and record.claim not in ids:
            continue
        rows.append(record)
    more = claim(f"n{chance.randrange(9)}", "canon", "supplies", "bureau", contract="k2")
    return (*rows, more)


def load_of(connection: Connection, folder: Path, **options: Any) -> Loaded:
    with Archive(folder).open() as dataset:
        return load_version(connection, dataset, **options)


def empty(connection: Connection) -> None:
    """Take all nodes out."""
    connection.command("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS")
