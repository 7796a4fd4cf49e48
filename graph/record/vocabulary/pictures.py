"""How pictures draw: the paint of a card, the pen of a link, its stroke, the roles on a path."""

from __future__ import annotations

import msgspec

from graph.record.vocabulary.term import Term


class Paint(msgspec.Struct, frozen=True):
    """Fill and border of a card: light to dark in the order of a path, also in grey."""

    fill: str
    border: str
    width: float = 1.1


VENDOR = Paint("#dce8f3", "#7f9bb8", 1.6)
COMPANY = Paint("#dce8f3", "#7f9bb8")
BODY = Paint("#f2d8c6", "#a9846a")
PROGRAMME = Paint("#d9d2e6", "#7b6f95")
PLAIN = Paint("#f4f6f8", "#b3bcc6")


class PathRoleEntry(msgspec.Struct, frozen=True):
    """What pictures know of a role on a path.

    Parameters
    ----------
    paint : Paint
        Of its card.
    """

    paint: Paint


class PathRole(Term):
    """The role of an entity on a path. Where paths differ, the first of these is shown."""

    entry: PathRoleEntry

    PROGRAMME = "programme", PathRoleEntry(PROGRAMME)
    VENDOR = "vendor", PathRoleEntry(VENDOR)
    END_USER = "end user", PathRoleEntry(BODY)
    RESELLER = "reseller", PathRoleEntry(Paint("#eaf0f3", "#9db0bd"))
    BUYER = "buyer", PathRoleEntry(Paint("#f6e5d8", "#b99a83"))
    PARENT = "parent", PathRoleEntry(PLAIN)
    SUCCESSOR = "successor", PathRoleEntry(PLAIN)


class PenEntry(msgspec.Struct, frozen=True):
    """What pictures know of a pen.

    Parameters
    ----------
    width : float
        Points.
    head : str
        Arrow head of Graphviz.
    tip : str
        Arrow head of vis-network; empty: none.
    grey : bool
        True for what must not look like ownership.
    """

    width: float
    head: str
    tip: str = "arrow"
    grey: bool = False


class Pen(Term):
    """What the line of a relation looks like; the spelling is what the legend calls it."""

    entry: PenEntry

    HEAVY = "heavy line", PenEntry(2.8, "normal")
    THIN = "thin line", PenEntry(1.4, "normal")
    RING = "ring", PenEntry(1.4, "odot", "circle", grey=True)
    HOLLOW = "hollow arrow", PenEntry(1.2, "onormal")
    BARE = "no arrow", PenEntry(1.2, "none", "")


class StrokeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What pictures know of a stroke.

    Parameters
    ----------
    style : str
        Style of Graphviz, and of the badges in the app.
    look : str
        What a reader sees.
    legend : str
        What it means.
    dashes : tuple of int
        Dashes and gaps of vis-network, in pixels; none for a full line.
    double, pale : bool
        Whether it is drawn as two lines; whether it is drawn pale.
    """

    style: str
    look: str
    legend: str
    dashes: tuple[int, ...] = ()
    double: bool = False
    pale: bool = False


class Stroke(Term):
    """How the line of a link is drawn: the last of these that its statuses have, or a lead."""

    entry: StrokeEntry

    DOCUMENTED = (
        "documented",
        StrokeEntry(style="solid", look="full line", legend="documented"),
    )
    ALLEGED = (
        "alleged",
        StrokeEntry(style="dashed", look="dashes", legend="alleged", dashes=(9, 6)),
    )
    DENIED = (
        "denied",
        StrokeEntry(style="dotted", look="dots", legend="denied", dashes=(2, 5)),
    )
    DISPUTED = (
        "disputed",
        StrokeEntry(
            style="dashed",
            look="dash and dot",
            legend="disputed",
            dashes=(14, 4, 3, 4),
            double=True,
        ),
    )
    WITHDRAWN = (
        "withdrawn",
        StrokeEntry(
            style="dotted",
            look="pale dots",
            legend="withdrawn in part",
            dashes=(2, 9),
            pale=True,
        ),
    )
    LEAD = (
        "lead",
        StrokeEntry(
            style="dashed",
            look="pale dashes",
            legend="not established",
            dashes=(5, 6),
            pale=True,
        ),
    )
