"""The part that each entity plays in a picture: it follows from the links, not from the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.network.build import Network
from graph.paths.answer import Lead, Path
from graph.record.vocabulary import Kind, PathRole

_ORDER = tuple(PathRole)


def roles_of(network: Network, paths: Iterable[Path], leads: Iterable[Lead]) -> dict[str, PathRole]:
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
    dict of str to PathRole
        By id; where paths differ, the role that stands first in its table.
    """
    roles: defaultdict[str, set[PathRole]] = defaultdict(set)

    def last_buyer(entity: str) -> PathRole:
        company = network.nodes[entity]["kind"] is Kind.COMPANY
        return PathRole.BUYER if company else PathRole.END_USER

    for path in paths:
        parts = _on_path(path)
        if path.buyer:
            parts[path.buyer] = last_buyer(path.buyer)
        for entity, role in parts.items():
            roles[entity].add(role)
    for lead in leads:
        roles[lead.supplier].add(PathRole.VENDOR)
        roles[lead.buyer].add(last_buyer(lead.buyer))
        end = lead.end
        is_programme = network.nodes[end]["kind"] is Kind.PROGRAMME
        roles[end].add(PathRole.PROGRAMME if is_programme else last_buyer(end))
    return {entity: min(every, key=_ORDER.index) for entity, every in roles.items()}


def _on_path(path: Path) -> dict[str, PathRole]:
    parts = {path.programme: PathRole.PROGRAMME} if path.programme else {}
    for step in path.steps:
        for end, role in zip((step.from_id, step.to_id), step.relation.entry.roles, strict=True):
            parts |= {end: role} if role else {}
        if step.programme in path.nodes:
            parts[step.programme] = PathRole.PROGRAMME
    parts[path.supplier] = PathRole.VENDOR
    role = PathRole.VENDOR
    for entity in reversed(path.nodes):  # another id of the next one on the walk plays its part
        role = parts.setdefault(entity, role)
    return parts
