"""A record of hostile names and texts: a valid spreadsheet folder that no reader may be hurt by."""

from __future__ import annotations

import csv
from pathlib import Path

BEACON = "https://beacon.invalid/x.png"

#: Ids may hold markup, too.
AGENT = "evil-agent</script/><img/src=x>&"
FORMULA = "=cmd|' /C calc'!A1 "

#: Names that are markup, code or formulas somewhere: HTML, Markdown, DOT, spreadsheets, terminals.
NAMES = {
    "evil-seller": "<script>window.hurt=1</script><img src=x onerror=window.hurt=2>",
    AGENT: f"![x]({BEACON}) [click](javascript:window.hurt=3) <b>bold</b> $\\int$ :smile:",
    "evil-buyer": "\"><svg/onload=window.hurt=4> & 'quote' \\N \\G <I>x</I>",
    "evil-programme": '=HYPERLINK("javascript:window.hurt=5") \u202edesrever\u202c شىنجاڭ 天网',
    "evil-list": "{{ 7*7 }} {% raw %} </script><script>window.hurt=6</script> --> ]]>",
}
TEXT = (
    f"Text with ![image]({BEACON}), <img src='{BEACON}'>, <iframe src='{BEACON}'></iframe>,"
    " </td></table><script>window.hurt=7</script> and javascript:window.hurt=8."
)
URL = "javascript:window.hurt=9"

_TABLES: dict[str, list[dict[str, str]]] = {
    "entities": [
        {"id": "evil-seller", "kind": "company", "country": "FR", "url": URL, "note": TEXT},
        {"id": AGENT, "kind": "company", "aliases": f"zh:天网; {TEXT}"},
        {"id": "evil-buyer", "kind": "public_body", "aliases": "ar:وزارة الداخلية; ug:شىنجاڭ"},
        {"id": "evil-programme", "kind": "programme"},
        {"id": "evil-list", "kind": "instrument"},
    ],
    "sources": [
        {
            "id": "evil-source",
            "title": NAMES["evil-seller"],
            "publisher": NAMES[AGENT],
            "url": URL,
            "archive_url": URL,
            "type": "press",
            "read_scope": TEXT,
        }
    ],
    "claims": [
        {"id": "e1", "subject": "evil-seller", "relation": "owns", "object": AGENT},
        {
            "id": "e2",
            "subject": AGENT,
            "relation": "supplies",
            "object": "evil-buyer",
            "programme": "evil-programme",
            "technology": NAMES["evil-list"],
        },
        {"id": "e3", "subject": AGENT, "relation": "supplies", "object": "evil-buyer"},
        {"id": "e4", "subject": "evil-seller", "relation": "listed_in", "object": "evil-list"},
    ],
    "replies": [
        {"claim": "e2", "party": "evil-seller", "kind": "answer", "text": TEXT},
        {"claim": "e3", "party": AGENT, "kind": "none_readable"},
    ],
}
_CLAIM = {
    "status": "alleged",
    "sources": "evil-source",
    "asserted_by": NAMES["evil-buyer"],
    "locator": FORMULA + TEXT,
    "text": TEXT,
    "note": TEXT,
}


def write(folder: Path) -> Path:
    """Write the record as a spreadsheet folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in _TABLES.items():
        filled = [_filled(table, row) for row in rows]
        columns = list(dict.fromkeys(column for row in filled for column in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(filled)
    return folder


def _filled(table: str, row: dict[str, str]) -> dict[str, str]:
    if table == "entities":
        return row | {"name": NAMES[row["id"]]}
    return _CLAIM | row if table == "claims" else row
