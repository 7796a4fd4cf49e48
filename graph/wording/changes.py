"""What would move a score, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graph.wording.links import name_or_id, predicate
from graph.wording.terms import hedge

if TYPE_CHECKING:
    from graph.exposure.what_if import WhatIf
    from graph.network.build import Link


def change(what_if: WhatIf, link: Link, names: Mapping[str, str]) -> str:
    """Say what the record lacks, and which link it would be about.

    Parameters
    ----------
    what_if : WhatIf
        The change.
    link : Link
        The link that it is about.
    names : mapping of str to str
        Names by id.

    Examples
    --------
    "one more independent source that reports: Safran owned Morpho",
    "a firmer date, which may not fit the rest: Safran owned Morpho, 2005 – 2017-05-31".
    """
    tail, head = (name_or_id(end, names) for end in (link.tail, link.head))
    doubt = hedge(link.statuses, len(link.refuting_ids))
    about = f"{tail} {predicate(link.relation, link.valid_to)} {head}{doubt}"
    match what_if.kind:
        case "source":
            return f"one more independent source that reports: {about}"
        case "date":
            return f"a firmer date, which may not fit the rest: {about}, {link.when}"
        case _:
            return (
                f"a reply to claim {what_if.claim_id} that acknowledges it, or documents that it is"
                f" wrong: {about}"
            )
