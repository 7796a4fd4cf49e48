"""A supply path as text: one line per entity, with the links between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from app.cli.terminal_page import Page
from graph import wording
from graph.record.vocabulary import Relation

if TYPE_CHECKING:
    from graph.paths.answer import Path, Step
    from graph.record.model import Entity


class Drawing:
    """Draw paths on a page, and number their links.

    Parameters
    ----------
    page : Page
        The page.
    entities : mapping of str to Entity
        The entities of the paths, by id.
    parallel : collection of str
        Ids of the links that only their contracts may tell apart.

    Attributes
    ----------
    numbers : dict of str to int
        Number of each drawn link, by id.
    """

    def __init__(
        self, page: Page, entities: Mapping[str, Entity], parallel: Collection[str] = ()
    ) -> None:
        self.page = page
        self.entities = entities
        self.names = {id_: entity.name for id_, entity in entities.items()}
        self.numbers: dict[str, int] = {}
        self._parallel = parallel
        self._bar = page.glyph("│", "|")
        self._dashes = page.glyph("┊", ":")
        self._end = page.glyph("○", "o")

    def path(self, path: Path) -> None:
        """Draw a path from the exporter to the buyer or the programme."""
        served = len(path.nodes) > len(path.steps) + 1  # buyer and programme from one link
        last_supply = max(
            (n for n, step in enumerate(path.steps) if step.relation is Relation.SUPPLIES),
            default=-1,
        )
        nodes = iter(path.nodes)
        self._entity(next(nodes))
        for number, step in enumerate(path.steps):
            self._link(step)
            self._entity(next(nodes))
            if number == last_supply and served:
                self._note(self._bar, wording.SERVES)
                self._entity(next(nodes))
        if path.buyer and path.programme not in path.nodes:
            self._draw_open_or_programme(path.programme)

    def number(self, link_id: str) -> int:
        """Return the number of a link; assign a new one if it has none yet."""
        return self.numbers.setdefault(link_id, len(self.numbers) + 1)

    def _draw_open_or_programme(self, programme: str) -> None:
        """Draw what follows the buyer: the programme that the supply serves, or an open end."""
        if programme:
            self._note(self._bar, wording.SERVES)
            self._entity(programme)
        else:
            self.page.text("", indent=f"  {self._dashes}")
            self.page.text(wording.OPEN_END, indent=f"  {self._end} ")

    def _entity(self, identifier: str) -> None:
        entity = self.entities.get(identifier)
        if entity is None:
            self.page.text(identifier, indent="  ", style="bold")
            return
        about = ", ".join((wording.kind(entity.kind), *entity.country))
        self.page.text(f"{entity.name} ({about})", indent="  ", style="bold")

    def _link(self, step: Step) -> None:
        verb = wording.verb(step.relation, step.valid_to, backwards=step.backwards)
        facts = [f"{self.number(step.link_id)}. {verb}"]
        if not step.relation.entry.timeless:
            facts.append(wording.when(step))
        if step.relation is Relation.OWNS:
            facts.append("share unknown" if step.share is None else f"{step.share:g} %")
        facts += [wording.name_or_id(step.product, self.names)] if step.product else []
        facts += [step.technology] if step.technology else []
        if step.link_id in self._parallel and step.contract:
            facts.append(f"contract {step.contract}")
        facts.append(wording.statuses(step.statuses).replace(" · ", ", "))
        if step.refuting_ids:
            facts.append(wording.refuted(len(step.refuting_ids)))
        self._note(self._bar, f" {self._dot} ".join(facts))

    def _note(self, bar: str, text: str) -> None:
        self.page.text(text, indent=f"  {bar}   ", hang=f"  {bar}      ")

    @property
    def _dot(self) -> str:
        return self.page.glyph("·", "-")


def parallel_links(paths: Iterable[Path]) -> frozenset[str]:
    """Return the ids of the links that have the ends and the relation of another on the paths."""
    by_ends: dict[tuple[str, str, str], set[str]] = {}
    for step in (step for path in paths for step in path.steps):
        by_ends.setdefault((step.relation, step.from_id, step.to_id), set()).add(step.link_id)
    return frozenset(id_ for links in by_ends.values() if len(links) > 1 for id_ in links)


def entities_on(paths: Iterable[Path]) -> set[str]:
    """Return the ids of the entities, programmes and products on paths."""
    ids = set()
    for path in paths:
        ids |= {*path.nodes, path.programme, path.supplier, path.buyer}
        ids |= {step.product for step in path.steps} | {step.programme for step in path.steps}
    return ids - {""}
