"""Walks as integers, one bit for each link, and the operations that factoring needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator


def link_numbers(mask: int) -> Iterator[int]:
    """Yield the numbers of the links in a mask, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def union(walks: Iterable[int]) -> int:
    """Return all links of some walks."""
    links = 0
    for walk in walks:
        links |= walk
    return links


def shortest(walks: Collection[int]) -> list[int]:
    """Return the walks that contain no other walk, the smallest first."""
    kept: list[int] = []
    by_size: dict[int, list[int]] = {}
    for walk in sorted(walks):
        by_size.setdefault(walk.bit_count(), []).append(walk)
    for _, same in sorted(by_size.items()):
        shorter = kept[:]
        kept += [walk for walk in same if not any(other & walk == other for other in shorter)]
    return kept


def components(walks: list[int], ties: Iterable[int] = ()) -> list[list[int]]:
    """Split walks into groups that share no link; `ties` are masks of links to keep together."""
    leader: dict[int, int] = {}

    def lead(link: int) -> int:
        while (above := leader.setdefault(link, link)) != link:
            leader[link] = leader[above]
            link = above
        return link

    for mask in (*walks, *ties):
        first, *others = link_numbers(mask)
        for other in others:
            leader[lead(other)] = lead(first)
    parts: dict[int, list[int]] = {}
    for walk in walks:
        parts.setdefault(lead(walk.bit_length() - 1), []).append(walk)
    return list(parts.values())


def busiest(walks: list[int]) -> int:
    """Return the mask of the link that most walks need; the lowest of several."""
    counts: dict[int, int] = {}
    for walk in walks:
        for link in link_numbers(walk):
            counts[link] = counts.get(link, 0) + 1
    return 1 << min(counts, key=lambda link: (-counts[link], link))
