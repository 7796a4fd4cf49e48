"""What stands under a picture: title, legend, what is left out, sources, versions, licence."""

from __future__ import annotations

from collections.abc import Iterator

from graph import wording
from graph.export import labels
from graph.export.labels import GREY, INK, PALE
from graph.export.scene import Scene
from graph.record.vocabulary.pictures import StrokeEntry

#: Points a letter takes at size 9, on the average of running text.
_LETTER = 4.7
_NARROWEST = 70


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
            for part in labels.wrap_label(paragraph, columns, even=False)
        ]
    return labels.html_table(rows, padding=1)


def _paragraphs(scene: Scene) -> Iterator[str]:
    stamp = scene.stamp
    yield from (" ".join(sentences) for sentences in [scene.left_out] if sentences)
    if scene.sources:
        yield f"Sources: {'; '.join(scene.sources)}."
    versions = [f"data version {stamp.data_version}"]
    versions += [f"weights {stamp.weights_version}"] if stamp.weights_version else []
    yield " · ".join(filter(None, ["Sightline", *versions, *stamp.filters, scene.licence]))


def _legend(scene: Scene, points: float) -> str:
    strokes = [stroke.entry for stroke in scene.strokes]
    cells = [cell for stroke in strokes for cell in (*_sample(stroke), *_words(stroke.legend))]
    how = wording.legend(scene.relations)
    cells += _words(how)
    # takes up what the other rows are wider, which would else be shared out among the cells
    letters = len(how) + sum(len(stroke.legend) for stroke in strokes)
    left = int(points - _LETTER * letters - 45 * len(strokes) - 30)
    cells.append(f'<TD WIDTH="{max(left, 1)}"></TD>')
    return (
        '<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f"<TR>{''.join(cells)}</TR></TABLE></TD></TR>"
    )


def _sample(stroke: StrokeEntry) -> list[str]:
    sides = "TB" if stroke.double else "B"
    sample = (
        '<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f'<TR><TD WIDTH="26" HEIGHT="6" SIDES="{sides}" BORDER="2" STYLE="{stroke.style}"'
        f' COLOR="{PALE if stroke.pale else INK}"></TD></TR><TR><TD HEIGHT="4"></TD></TR></TABLE>'
    )
    return [f"<TD>{sample}</TD>", '<TD WIDTH="5"></TD>']


def _words(meaning: str) -> list[str]:
    return [f'<TD ALIGN="LEFT">{labels.text(meaning, 9, colour=GREY)}</TD><TD WIDTH="14"></TD>']
