"""A scene as one HTML file that needs no network: pyvis' drawing beside the evidence as a table.

pyvis' own template is not used: it loads a style sheet from a content network, and record text
reaches the page through it unescaped. Nodes and edges are filled in from a short list of options,
and rendered through a template that escapes everything, under a policy that allows no request and
only the scripts that are in the file.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from graph import wording
from graph.errors import MissingToolError
from graph.export import figure, labels, table
from graph.export.labels import GREY, INK
from graph.export.layout import Box, Layout, Point, layout_of
from graph.export.scene import Card, Line, Scene
from graph.export.stamp import PALE
from graph.model import Claim
from graph.vocabulary import Relation

MEDIA_TYPE = "text/html"

#: Graphviz' points to the pixels of vis-network; wider apart, as labels stand in the lines.
_SCALE = 1.5
_APART = 2.0
_FACE = "Inter, 'Noto Sans', system-ui, Arial, sans-serif"
_DASHES: dict[str, Any] = {
    "documented": False,
    "alleged": [9, 6],
    "disputed": [14, 4, 3, 4],
    "denied": [2, 5],
    "withdrawn": [2, 9],
    "lead": [5, 6],
}


def as_html(scene: Scene) -> bytes:
    """Return a scene as a stand-alone HTML page.

    Parameters
    ----------
    scene : Scene
        What to draw, with its evidence.

    Returns
    -------
    bytes
        UTF-8. The page makes no request, runs only its own two scripts, and shows the same links
        as a table.

    Raises
    ------
    MissingToolError
        If pyvis is not installed.
    """
    library, network = _pyvis()
    layout = layout_of(scene)
    place = {card.id: f"card-{number}" for number, card in enumerate(scene.cards)}
    network.nodes = list(_nodes(scene, layout))
    network.edges = list(_edges(scene, place))
    drawing = {
        "nodes": network.nodes,
        "edges": network.edges,
        "options": _OPTIONS,
        "cards": {name: card for card, name in place.items()},
        "lines": {f"line-{number}": line.id for number, line in enumerate(scene.lines)},
        "ratio": _SCALE * layout.height / (_APART * layout.width),
    }
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html")
    return page.render(
        scene=scene,
        rows=list(table.rows(scene)),
        legend=wording.legend({line.relation for line in scene.lines if line.line != "lead"}),
        status=_status,
        address=table.web_address,
        line=wording.source_line,
        scope=wording.read_scope,
        no_archive=wording.NO_ARCHIVE,
        replies=table.replies,
        policy=_policy([style], [library, script]),
        style=Markup(style),  # noqa: S704 - files of this package, without record text
        library=Markup(library),  # noqa: S704 - the file of the installed pyvis
        script=Markup(script),  # noqa: S704
        drawing=Markup(_json(drawing)),  # noqa: S704 - escaped for a script element
    ).encode()


def _pyvis() -> tuple[str, Any]:
    try:
        from pyvis.network import Network

        folder = resources.files("pyvis") / "templates" / "lib" / "vis-9.1.2"
        library = (folder / "vis-network.min.js").read_text("utf-8")
    except (ImportError, OSError) as error:
        raise MissingToolError(
            "HTML pictures need pyvis 0.3.2, which is not installed whole. Install it."
        ) from error
    # an end of the script element within the library would end it, and the map is a request
    library = library.replace("</script", "<\\/script").partition("//# sourceMappingURL")[0]
    return library, Network(directed=True)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("graph.export", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=labels.shown,
    )


def _asset(name: str) -> str:
    return (resources.files("graph.export") / "page" / name).read_text("utf-8")


def _policy(styles: list[str], scripts: list[str]) -> str:
    def hashes(texts: list[str]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)};"
        " base-uri 'none'; form-action 'none'"
    )


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _status(claim: Claim) -> str:
    refutes = f" · {wording.REFUTES}" if claim.stance == "refutes" else ""
    return wording.statuses([claim.status]) + refutes


def _nodes(scene: Scene, layout: Layout) -> Iterator[dict[str, Any]]:
    for number, card in enumerate(scene.cards):
        yield _card(f"card-{number}", card, layout.boxes[f"card-{number}"])
    for number, line in enumerate(scene.lines):
        name = f"line-{number}"
        first, *rest = (part for said in line.said for part in labels.wrap(said, 26, 3))
        faint = line.line == "lead"
        marked = [f"<i>{_escape(part)}</i>" for part in rest]
        marked.insert(0, f"<i>{_escape(first)}</i>" if faint else f"<b>{_escape(first)}</b>")
        yield _text(f"{name}-label", marked, layout.middles[name], italic=faint)
    for number in range(len(scene.open_ends)):
        name = f"open-{number}"
        marked = [f"<i>{part}</i>" for part in labels.wrap(wording.OPEN_END, 16)]
        yield _text(name, marked, layout.boxes[name][:2], italic=True)


def _card(name: str, card: Card, box: Box) -> dict[str, Any]:
    fill, border = figure.CARDS[card.role]
    marked = [f"<code>{_escape(card.caption)}</code>"]
    marked += [f"<b>{_escape(part)}</b>" for part in labels.wrap(card.name, 24, 4)]
    marked += [f"<i>{_escape(part)}</i>" for part in labels.wrap(card.alias, 30, 2) if part]
    return {
        "id": name,
        "label": "\n".join(marked),
        "shape": "box",
        "x": box.x * _APART,
        "y": box.y * _SCALE,
        "margin": 10,
        "widthConstraint": {"minimum": box.width * _SCALE - 20},
        "heightConstraint": {"minimum": box.height * _SCALE - 20},
        "borderWidth": 2 if card.role == "vendor" else 1,
        "color": {
            "background": "white" if card.lead_only else fill,
            "border": PALE if card.lead_only else border,
        },
        "shapeProperties": {
            "borderDashes": [5, 5] if card.lead_only else False,
            "borderRadius": 9,
        },
        "font": _font(name=20, other=14, align="left"),
    }


def _text(name: str, marked: list[str], at: Point, *, italic: bool = False) -> dict[str, Any]:
    font = _font(name=15, other=15, align="center")
    font["bold"]["mod"] = ""
    font["ital"]["mod"] = "italic" if italic else ""
    return {
        "id": name,
        "label": "\n".join(marked),
        "shape": "box",  # a white one: lines end at its border, not under the letters
        "x": at[0] * _APART,
        "y": at[1] * _SCALE,
        "margin": 4,
        "borderWidth": 0,
        "color": {"background": "white", "border": "white"},
        "font": font,
    }


def _font(*, name: int, other: int, align: str) -> dict[str, Any]:
    return {
        "face": _FACE,
        "size": other,
        "color": INK,
        "align": align,
        "multi": "html",
        "bold": {"face": _FACE, "size": name, "color": INK, "mod": "bold"},
        "ital": {"face": _FACE, "size": other, "color": GREY, "mod": "", "vadjust": 3},
        "mono": {"face": _FACE, "size": other - 1, "color": GREY, "mod": "", "vadjust": -4},
    }


def _escape(text: str) -> str:
    """Keep text out of vis-network's own markup, whose escapes do not work."""
    return labels.clean(text).replace("<", "‹")


def _edges(scene: Scene, place: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield two edges a line: to its label, and on to its head."""
    for number, line in enumerate(scene.lines):
        name, label = f"line-{number}", f"line-{number}-label"
        pen = _pen(line)
        yield {"id": f"{name}-a", "from": place[line.tail], "to": label, **pen, "arrows": ""}
        yield {"id": f"{name}-b", "from": label, "to": place[line.head], **pen}
    for number, buyer in enumerate(scene.open_ends):
        ends = {"from": place[buyer], "to": f"open-{number}"}
        color = {"color": PALE}
        yield {"id": f"open-{number}-line", **ends, "dashes": _DASHES["lead"], "color": color}


def _pen(line: Line) -> dict[str, Any]:
    lead = line.line == "lead"
    supply = not lead and line.relation in (Relation.SUPPLIES, Relation.CONTRIBUTES_TO)
    ring = line.relation is Relation.SUCCEEDED_BY
    head = {"enabled": line.relation is not Relation.SAME_AS, "type": "circle" if ring else "arrow"}
    return {
        "dashes": _DASHES[line.line],
        "width": 4 if supply else 1.5,
        "color": {"color": PALE if lead or line.line == "withdrawn" else GREY if ring else INK},
        "arrows": {"to": head | {"scaleFactor": 0.5 if supply else 0.8}},
    }


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "zoomSpeed": 0.5,
    },
    "nodes": {"chosen": False},
    "edges": {"smooth": False, "chosen": False},
}
