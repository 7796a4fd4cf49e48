"""The part that each entity plays in a picture: it follows from the links, not from the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, TypeAlias

from graph.answers import Lead, Path
from graph.network import Network
from graph.vocabulary import Kind, Relation

RoleName: TypeAlias = Literal[
    # on a path
    "programme",
    "vendor",
    "end user",
    "reseller",
    "buyer",
    "parent",
    "successor",
    # where there is no path: what the entity is
    "company",
    "public body",
    "organisation",
    "product",
    "instrument",
    "place",
]

#: Where paths differ, the part that stands first here is shown.
_ORDER: tuple[RoleName, ...] = (
    *("programme", "vendor", "end user", "reseller"),
    *("buyer", "parent", "successor"),
)


def roles_of(network: Network, paths: Iterable[Path], leads: Iterable[Lead]) -> dict[str, RoleName]:
    """Return the role of each entity on some paths and leads.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        For the kinds: a company that buys last is a buyer, a body or an organisation an end user.
    paths : iterable of Path
        The paths.
    leads : iterable of Lead
        The leads beside them.

    Returns
    -------
    dict of str to str
        programme, vendor, end user, reseller, buyer, parent or successor, by id.
    """
    found: defaultdict[str, set[RoleName]] = defaultdict(set)

    def last_buyer(entity: str) -> RoleName:
        return "buyer" if network.nodes[entity]["kind"] is Kind.COMPANY else "end user"

    for path in paths:
        parts = _on_path(path)
        if path.buyer:
            parts[path.buyer] = last_buyer(path.buyer)
        for entity, role in parts.items():
            found[entity].add(role)
    for lead in leads:
        found[lead.supplier].add("vendor")
        found[lead.buyer].add(last_buyer(lead.buyer))
        end = lead.end
        is_programme = network.nodes[end]["kind"] is Kind.PROGRAMME
        found[end].add("programme" if is_programme else last_buyer(end))
    return {entity: min(roles, key=_ORDER.index) for entity, roles in found.items()}


def _on_path(path: Path) -> dict[str, RoleName]:
    parts: dict[str, RoleName] = {path.programme: "programme"} if path.programme else {}
    for step in path.steps:
        match step.relation:
            case Relation.SUCCEEDED_BY:
                parts[step.to_id] = "successor"
            case Relation.OWNS:
                parts[step.from_id] = "parent"
            case Relation.SUPPLIES:
                parts[step.to_id] = "reseller"
                if step.programme in path.nodes:
                    parts[step.programme] = "programme"
            case Relation.CONTRIBUTES_TO | Relation.PART_OF:
                parts[step.to_id] = "programme"
            case _:  # same_as: below
                pass
    parts[path.supplier] = "vendor"
    role: RoleName = "vendor"
    for entity in reversed(path.nodes):  # another id of the next one on the walk plays its part
        role = parts.setdefault(entity, role)
    return parts
