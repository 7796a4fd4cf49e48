"""The links of a scene as a table: one row for each row of evidence on each link."""

from __future__ import annotations

import csv
import io

from graph import wording
from graph.export import table
from graph.export.scene import Scene

LABEL = "CSV"
MEDIA_TYPE = "text/csv"
LABEL = "CSV"

COLUMNS = (
    *("link", "relation", "from_id", "from_name", "to_id", "to_name", "lead", "link_statuses"),
    *("claim", "status", "stance", "valid_from", "valid_to", "as_of", "product", "technology"),
    *("value", "currency", "text", "locator", "asserted_by", "sources", "origins", "read_scope"),
    *("addresses", "archive", "replies", "data_version", "licence"),
    *("stage", "role", "form", "contract", "programme", "share", "note"),
    *("weights_version", "filters"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(scene: Scene) -> bytes:
    """Return the links of a scene, with their evidence, as CSV.

    Parameters
    ----------
    scene : Scene
        What is drawn.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, as spreadsheet programs want it. Text that such a program
        would run as a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in table.evidence_rows(scene):
        writer.writerow({name: _inert(value) for name, value in _cells(scene, row).items()})
    return out.getvalue().encode("utf-8-sig")


def _cells(scene: Scene, row: table.EvidenceRow) -> dict[str, str]:
    line = row.line
    cells = {
        "link": str(row.number),
        "relation": line.relation,
        "from_id": line.tail,
        "from_name": row.tail,
        "to_id": line.head,
        "to_name": row.head,
        "lead": line.lead,
        "link_statuses": "; ".join(line.statuses),
        "data_version": scene.stamp.data_version,
        "licence": scene.licence,
        "weights_version": scene.stamp.weights_version,
        "filters": "; ".join(scene.stamp.filters),
    }
    if (evidence := row.evidence) is None:
        return cells
    claim, sources = evidence.claim, evidence.sources
    return cells | {
        "claim": claim.id,
        "status": claim.status,
        "stance": claim.stance,
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "as_of": claim.as_of,
        "product": scene.names.get(claim.product, claim.product),
        "technology": claim.technology,
        "value": "" if claim.value is None else str(claim.value),
        "currency": claim.currency,
        "text": claim.text,
        "locator": claim.locator,
        "asserted_by": claim.asserted_by,
        "sources": " | ".join(wording.source_line(source) for source in sources),
        "origins": " | ".join(wording.source_line(origin) for origin in evidence.origins),
        "read_scope": " | ".join(wording.read_scope(source) for source in sources),
        "addresses": " | ".join(filter(None, (table.web_address(s.url) for s in sources))),
        "archive": " | ".join(filter(None, (table.web_address(s.archive_url) for s in sources))),
        "replies": " | ".join(table.replies(evidence, scene.names)),
        "stage": wording.stage(claim.stage) if claim.stage else "",
        "role": claim.role or "",
        "form": claim.form or "",
        "contract": claim.contract,
        "programme": scene.names.get(claim.programme, claim.programme),
        "share": "" if claim.share is None else f"{claim.share:g}",
        "note": claim.note,
    }


def _inert(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
