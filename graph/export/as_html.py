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
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from graph import wording
from graph.errors import MissingToolError
from graph.export import labels, table
from graph.export.layout import layout_of
from graph.export.scene import Scene
from graph.export.vis_network import APART, OPTIONS, SCALE, edges, nodes
from graph.record.model import Claim

LABEL = "HTML"
MEDIA_TYPE = "text/html"
LABEL = "HTML"


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
    network.nodes = list(nodes(scene, layout))
    network.edges = list(edges(scene, place))
    drawing = {
        "nodes": network.nodes,
        "edges": network.edges,
        "options": OPTIONS,
        "cards": {name: card for card, name in place.items()},
        "lines": {f"line-{number}": line.id for number, line in enumerate(scene.lines)},
        "ratio": SCALE * layout.height / (APART * layout.width),
    }
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html")
    return page.render(
        scene=scene,
        rows=list(table.evidence_rows(scene)),
        legend=_legend(scene),
        status=_status,
        address=table.web_address,
        line=wording.source_line,
        scope=wording.read_scope,
        no_archive=wording.NO_ARCHIVE,
        deal=_deal,
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
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("graph.export", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=labels.shown,
    )
    environment.filters["directed"] = _directed
    return environment


def _directed(text: str) -> Markup:
    """Return a text as markup with a `bdi` element around each right-to-left name."""
    isolated = str(escape(wording.isolate(labels.one_line(text))))
    return Markup(isolated.replace("\u2068", "<bdi>").replace("\u2069", "</bdi>"))  # noqa: S704


def _legend(scene: Scene) -> str:
    """Explain how the drawing shows relations by weight, and statuses by dashes."""
    parts = [wording.legend(scene.relations)]
    parts += [f"{stroke.entry.look}: {stroke.entry.legend}" for stroke in scene.strokes]
    legend = " · ".join(filter(None, parts))
    return f"{legend[:1].upper()}{legend[1:]}." if legend else ""


def _asset(name: str) -> str:
    return (resources.files("graph.export") / "page" / name).read_text("utf-8")


def _policy(styles: list[str], scripts: list[str]) -> str:
    def hashes(texts: list[str]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)};"
        " base-uri 'none'; form-action 'none'"
    )


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _deal(claim: Claim, names: dict[str, str]) -> str:
    """Return what was supplied, for which programme, under which contract."""
    parts = (
        wording.name_or_id(claim.product, names),
        claim.technology,
        f"for {wording.name_or_id(claim.programme, names)}" if claim.programme else "",
        f"contract {claim.contract}" if claim.contract else "",
    )
    return ", ".join(part for part in parts if part)


def _status(claim: Claim) -> str:
    parts = [wording.statuses([claim.status])]
    parts += [wording.REFUTES] if claim.stance == "refutes" else []
    parts += [wording.stage(claim.stage)] if claim.stage else []
    return " · ".join(parts)
