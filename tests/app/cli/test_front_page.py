"""The first answer of the README, on the starter data."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.conftest import Run


def test_how_morphos_software_came_to_shanghai(run: Run, starter: Path) -> None:
    result = run("paths", "safran", "shanghai-psb", data=starter)
    shown, flat = result.stdout, " ".join(result.stdout.split())
    assert result.stderr == ""
    assert shown.startswith("1 supply path from Safran to Shanghai Public Security Bureau")
    places = [
        flat.index(part)
        for part in (
            "Safran (company, FR)",
            "1. owned · 2005 – 2017-05-31",
            "Morpho (company, FR)",
            "2. supplied · 2015",
            "Shanghai Public Security Bureau (public body, CN)",
            "no source names a programme",
            "Probability",
            "Evidence",
            "Opening part read",
            "Status reported, says Amnesty International",
            "Relaying",
            "Amnesty International: Out of Control",
            "Status acknowledged, says IDEMIA",
            "Reply",
            "was not put into service",
            "never that anybody is guilty",
            "No path of at most 6 links was left out",
            "weights 2026-11",
        )
    ]
    assert places == sorted(places)
    assert "Skynet" not in shown
    assert "was under EU export rules" in flat


def test_noldus_and_the_ministry_are_a_lead(run: Run, starter: Path) -> None:
    shown = " ".join(run("explain", "noldus", "golden-shield", data=starter).stdout.split())
    assert "No score: No path is on record." in shown
    assert "Leads (in no path, in no score)" in shown
    assert "no source says that this supply serves it" in shown
    assert "Noldus denies" in shown
