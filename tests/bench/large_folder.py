"""A spreadsheet folder of 1 million claims, and one of a tenth, through each step."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.measure import Cost, Figure, sightline

ROWS = 1_000_000
TENTH = ROWS // 10
STEPS = {
    "read and validate (`ingest --dry-run`)": "ingest {folder} --dry-run",
    "into a version (`ingest`)": "ingest {folder}",
    "read back and compare (`verify`)": "verify",
}


def figures(room: Path) -> list[Figure]:
    """Measure in an empty folder."""
    small = _steps(room / "small", TENTH)
    large = _steps(room / "large", ROWS)
    found = []
    for step, cost in large.items():
        name = f"{ROWS:,} claims: {step}"
        ratio = cost.cpu / small[step].cpu  # of CPU: other work on the machine lengthens the clock
        found += [
            Figure(name, cost.seconds, "s"),
            Figure(f"{name}, peak memory", cost.peak / 1e9, "GB", 2),
            Figure(f"{name}, CPU as a multiple of {TENTH:,} claims'", ratio, "×", 12),
        ]
    return found


def _steps(room: Path, rows: int) -> dict[str, Cost]:
    folder = room / "folder"
    write(folder, rows)
    return {
        step: sightline(*words.format(folder=folder).split(), data=room / "data")
        for step, words in STEPS.items()
    }


def write(folder: Path, rows: int, seed: int = 1) -> None:
    """Write a folder of `rows` claims, a tenth as many entities, a hundredth as many sources."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    firms = [f"firm-{n}" for n in range(rows // 12)]
    bodies = [f"body-{n}" for n in range(rows // 60)]
    sources = [f"source-{n}" for n in range(rows // 100)]
    entities = [(firm, "company", f"Firm {firm[5:]} AG", "DE") for firm in firms]
    entities += [(body, "public_body", f"Bureau {body[5:]}", "CN") for body in bodies]
    _table(folder / "entities.csv", ("id", "kind", "name", "country"), entities)
    _table(
        folder / "sources.csv",
        ("id", "title", "publisher", "date", "type"),
        ((each, f"Report {each}", "A medium", "2019-05-01", "press") for each in sources),
    )

    def claim(number: int) -> tuple[str, ...]:
        subject, owned = chance.sample(firms, 2)
        source, year = chance.choice(sources), chance.randint(2005, 2024)
        relation = "supplies" if number % 3 else "owns"
        other = chance.choice(bodies) if number % 3 else owned
        text = f"The medium writes that {subject} and {other} were tied in {year}."
        return f"c{number}", subject, relation, other, "reported", source, str(year), text

    columns = ("id", "subject", "relation", "object", "status", "sources", "valid_from", "text")
    _table(folder / "claims.csv", columns, map(claim, range(rows)))
    _table(folder / "replies.csv", ("claim", "party", "kind"), [])


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
