"""The parts of a report on paths: drawing, evidence of each link, leads, footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from app.cli.evidence import EvidenceWriter
from app.cli.terminal_page import Page
from app.cli.text_path import Drawing, entities_on, parallel_links
from graph import wording
from graph.evidence import entities_in, gather
from graph.wording import number_of

if TYPE_CHECKING:
    from graph.network.build import Link, Network
    from graph.paths.answer import Lead, Path
    from graph.stores.base import Store


#: Maximum number of leads, and of claims behind each link, that a report shows.
MOST_LEADS, MOST_CLAIMS = 20, 50


def _most(supporting: Sequence[str], refuting: Sequence[str]) -> tuple[str, ...]:
    """Return the claims of a link to show: refuting ones keep their place beside many others."""
    refuting = refuting[: MOST_CLAIMS // 2]
    return (*supporting[: MOST_CLAIMS - len(refuting)], *refuting)


class PathReport:
    """Write a report on paths to a page.

    Parameters
    ----------
    page : Page
        The page.
    store : Store
        The store that holds the evidence.
    network : networkx.MultiDiGraph
        The network that contains the paths.
    paths : sequence of Path
        The paths to show.
    leads : sequence of Lead
        The leads to show.
    """

    def __init__(
        self,
        page: Page,
        store: Store,
        network: Network,
        paths: Sequence[Path],
        leads: Sequence[Lead],
    ) -> None:
        from graph.network.build import links_by_id

        self.page = page
        self.leads = leads[:MOST_LEADS]
        self.more_leads = len(leads) - len(self.leads)
        self.version = store.version
        self.weights: str = network.graph["weights_version"]
        known = links_by_id(network)
        rows = {
            step.link_id: (step.claim_ids, step.refuting_ids)
            for path in paths
            for step in path.steps
        }
        for link in (
            known[id_] for lead in self.leads for id_ in (lead.supply_link_id, lead.link_id)
        ):
            rows.setdefault(link.link_id, (link.claim_ids, link.refuting_ids))
        self._links: dict[str, Link] = {id_: known[id_] for id_ in rows}
        claims = {link: _most(*ids) for link, ids in rows.items()}
        self._more = {link: sum(map(len, ids)) - len(claims[link]) for link, ids in rows.items()}
        evidence = gather(store, dict.fromkeys(id_ for ids in claims.values() for id_ in ids))
        by_id = {item.claim.id: item for item in evidence}
        self._evidence = {link: [by_id[id_] for id_ in ids] for link, ids in claims.items()}
        ids = entities_on(paths) | entities_in(evidence)
        entities = store.entities(sorted(ids))
        self.drawing = Drawing(page, entities, parallel_links(paths))
        self.names: Mapping[str, str] = self.drawing.names

    @property
    def has_links(self) -> bool:
        """Whether there is evidence to show."""
        return bool(self._links)

    def path(self, path: Path) -> None:
        """Draw a path, with its probability."""
        self.drawing.path(path)
        self.page.gap()
        share = wording.percent(path.probability)
        if path.certain:
            probability = f"Probability {share}, whichever way its dates are read."
        else:
            probability = (
                f"Probability {share} if its dates are read so that they fit; certain 0 %."
            )
        about = (
            [probability, wording.weakest(path, self.names)]
            if len(path.steps) > 1
            else [probability]
        )
        about += wording.ties(path, self.names)
        about.append(wording.eu(path, self.names))
        if by_succession := wording.succession(path.steps):
            about.append(by_succession)
        for sentence in about:
            self.page.text(sentence, indent="  ")

    def evidence(self) -> None:
        """Write the evidence of each link, in the order of their numbers."""
        writer = EvidenceWriter(self.page, self.names)
        for lead in self.leads:  # links of leads are numbered too
            for id_ in (lead.supply_link_id, lead.link_id):
                self.drawing.number(id_)
        for link_id, number in self.drawing.numbers.items():
            link = self._links[link_id]
            tail, head = (wording.name_or_id(end, self.names) for end in (link.tail, link.head))
            doubt = wording.hedge(link.statuses, len(link.refuting_ids))
            sentence = f"{tail} {wording.predicate(link.relation, link.valid_to)} {head}{doubt}"
            when = "" if link.relation.entry.timeless else f", {link.when}"
            self.page.gap()
            self.page.text(sentence + when, indent=f"{number}. ", style="bold")
            writer.claims(self._evidence[link_id])
            if (more := self._more[link_id]) > 0:
                identifier = self.page.identifier(link.tail)
                self.page.gap()
                self.page.text(
                    f"{number_of(more, 'further claim is', 'further claims are')} not shown here; "
                    f"`sightline show {identifier}` lists all claims about {tail}.",
                    indent="   ",
                )

    def write_leads(self) -> None:
        """Write the leads, which belong to no path and no score."""
        if not self.leads:
            return
        self.page.heading("Leads (in no path, in no score)")
        for lead in self.leads:
            supply, runs = self._mark(lead.supply_link_id), self.drawing.number(lead.link_id)
            supplier = wording.name_or_id(lead.supplier, self.names)
            buyer = wording.name_or_id(lead.buyer, self.names)
            self.page.text(
                f"{supplier} supplied {buyer} ({supply}). "
                f"{wording.lead_sentence(lead, self.names)} ({runs})",
                indent="  ",
            )

        if self.more_leads:
            are = number_of(self.more_leads, "further lead is", "further leads are")
            self.page.text(f"{are} not shown; --format json lists all.", indent="  ")

    def _mark(self, link_id: str) -> str:
        """Return the statuses of a link, and its number."""
        statuses = wording.statuses(self._links[link_id].statuses).replace(" · ", ", ")
        return f"{statuses}; {self.drawing.number(link_id)}"

    def foot(self, sentences: Iterable[str]) -> None:
        """Write closing sentences, and the versions of data and weights."""
        self.page.gap()
        for sentence in sentences:
            self.page.text(sentence, style="dim")
        self.page.text(f"Data {self.version[:12]}, weights {self.weights}.", style="dim")
