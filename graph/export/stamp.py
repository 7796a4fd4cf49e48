"""What stands under a picture: title, legend, what is left out, sources, versions, licence."""

from __future__ import annotations

from collections.abc import Iterator

from graph import wording
from graph.export import labels
from graph.export.labels import GREY, INK
from graph.export.scene import Scene

#: Points a letter takes at size 9, on the average of running text.
_LETTER = 4.7
_NARROWEST = 70

#: Style and colour of a line; the second of three parallel colours is the gap of a double line.
PALE = "#8a8a8a"
LINES = {
    "documented": ("solid", INK),
    "alleged": ("dashed", INK),
    "disputed": ("dashed", f"{INK}:invis:{INK}"),
    "denied": ("dotted", INK),
    "withdrawn": ("dotted", PALE),
    "lead": ("dashed", PALE),
}


def stamp(scene: Scene, points: float) -> str:
    """Return the label under a picture.

    Parameters
    ----------
    scene : Scene
        The picture.
    points : float
        Width of the drawing above, in points.

    Returns
    -------
    str
        An HTML-like label.
    """
    columns = max(_NARROWEST, int(points / _LETTER))
    rows = [labels.space(8), labels.cell(scene.stamp.title, 11, style="B"), labels.space(3)]
    rows += [_legend(scene, points)] if scene.lines else []
    rows += [labels.space(3)]
    for paragraph in _paragraphs(scene):
        rows += [
            labels.cell(part, 9, colour=GREY)
            for part in labels.wrap(paragraph, columns, even=False)
        ]
    return labels.table(rows, padding=1)


def _paragraphs(scene: Scene) -> Iterator[str]:
    stamp = scene.stamp
    yield from (" ".join(sentences) for sentences in [scene.left_out] if sentences)
    if scene.sources:
        yield f"Sources: {'; '.join(scene.sources)}."
    versions = [f"data version {stamp.data_version}"]
    versions += [f"weights {stamp.weights_version}"] if stamp.weights_version else []
    yield " · ".join(filter(None, ["Sightline", *versions, *stamp.filters, scene.licence]))


def _legend(scene: Scene, points: float) -> str:
    present = {line.line for line in scene.lines}
    entries = [(*LINES[n], 2, said) for n, said in wording.LINE_MEANING.items() if n in present]
    if "lead" in present or scene.open_ends:
        entries.append(("dashed", PALE, 1, wording.NOT_ESTABLISHED))
    cells: list[str] = []
    for style, colour, weight, said in entries:
        cells += _sample(style, colour.split(":")[0], weight, double=":" in colour)
        cells += _words(said)
    how = wording.legend({line.relation for line in scene.lines if line.line != "lead"})
    cells += _words(how)
    # takes up what the other rows are wider, which would else be shared out among the cells
    letters = len(how) + sum(len(said) for *_, said in entries)
    left = int(points - _LETTER * letters - 45 * len(entries) - 30)
    cells.append(f'<TD WIDTH="{max(left, 1)}"></TD>')
    return (
        '<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f"<TR>{''.join(cells)}</TR></TABLE></TD></TR>"
    )


def _sample(style: str, colour: str, weight: int, *, double: bool = False) -> list[str]:
    sides = "TB" if double else "B"
    sample = (
        '<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f'<TR><TD WIDTH="26" HEIGHT="6" SIDES="{sides}" BORDER="{weight}"'
        f' STYLE="{style}" COLOR="{colour}"></TD></TR><TR><TD HEIGHT="4"></TD></TR></TABLE>'
    )
    return [f"<TD>{sample}</TD>", '<TD WIDTH="5"></TD>']


def _words(meaning: str) -> list[str]:
    return [f'<TD ALIGN="LEFT">{labels.text(meaning, 9, colour=GREY)}</TD><TD WIDTH="14"></TD>']
