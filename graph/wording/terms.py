"""Fixed words: open ends, statuses, kinds, stages, what a score says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.record.vocabulary import Kind, Stage, Status, Stroke, line_of

OPEN_END = "no source names a programme"
OPEN_END_OF_OTHERS = "for the other supplies, no source names a programme"
NO_REPLY = "The record holds no reply."
NO_PATH = "No path is on record."
NO_CAVEAT = "None that the record knows of."
NO_ARCHIVE = "No archived copy yet."
SERVES = "the supply is said to serve"
REFUTES = "refutes the link"
STAND_IN = "stand-in"

SCORE = (
    "A score is the probability that the sound part of the record establishes at least one supply"
    " path from the exporter to the target. It says how well a path is proven, never that anybody"
    " is guilty of anything."
)
RANKING = (
    "The sum is the number of targets to which the sound part of the record can be expected to"
    " establish a supply path, its band what it becomes at the low and high ends of the weights;"
    " any is the probability of a path to at least one of them, also to one that is"
    " not counted again. It says how much is proven, never that anybody is guilty of anything, and"
    " clears nobody who is not in it."
)
BAND = "The band is what the score becomes when all weights take their low or their high ends."

NO_PROOF = "That the record establishes none does not mean that there is none."
ONE_SOURCE = "rests on one source"
ONE_ROOT = (
    "Only one root source is on record for it. Scores with several may fall with one as well:"
    " `sightline explain` says which."
)
CERTAIN = (
    "Certain counts only the paths whose dates are bound to fit: where it is 0 %, no path's are,"
    " which does not say that nothing was supplied."
)
EU_SUPPLIER = (
    "EU supplier: whether the company that made the first supply on a path was under EU export"
    " rules then, and what was supplied left the EU. Its owners and successors are not under"
    " them through it."
)

#: The licence of each set that is known to have one.
_LICENCES: Mapping[str, str] = {"starter": "Starter data: CC BY 4.0"}


def statuses(these: Iterable[Status]) -> str:
    """Return statuses for a line, the firmest first.

    Examples
    --------
    >>> statuses([Status.REPORTED, Status.OFFICIAL_RECORD])
    'official record · reported'
    """
    present = set(these)
    return " · ".join(
        status.words for status in sorted(present, key=lambda status: status.entry.rank)
    )


def hedge(these: Iterable[Status], refuting: int = 0) -> str:
    """Return what a sentence about a link has to add so that it does not state it as a fact.

    Parameters
    ----------
    these : iterable of Status
        The statuses of the link.
    refuting : int
        How many rows refute it.

    Returns
    -------
    str
        The statuses in brackets, after a space; empty where the link is documented.

    Examples
    --------
    >>> hedge([Status.REPORTED]), hedge([Status.ALLEGED]), hedge([Status.REPORTED], 1)
    ('', ' (alleged)', ' (reported, refuted by 1 row)')
    """
    present = set(these)
    if line_of(present) is Stroke.DOCUMENTED and not refuting:
        return ""
    words = [statuses(present).replace(" · ", ", ")]
    words += [f"refuted by {number_of(refuting, 'row')}"] if refuting else []
    return f" ({', '.join(words)})"


def number_of(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun.

    Parameters
    ----------
    number : int
        The number.
    singular, plural : str
        The noun; its plural, unless that is the noun with an s.

    Examples
    --------
    >>> number_of(1, "path"), number_of(1200, "path"), number_of(2, "reply", "replies")
    ('1 path', '1,200 paths', '2 replies')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def kind(of: Kind) -> str:
    """Return a kind as a reader says it.

    Examples
    --------
    >>> kind(Kind.PUBLIC_BODY)
    'public body'
    """
    return of.words


_GAPS: Mapping[str, tuple[str, str]] = {
    "undated_links": ("link has no date at all", "links have no date at all"),
    "unanswered_claims": (
        "allegation or dispute has no readable reply",
        "allegations and disputes have no readable reply",
    ),
    "supplies_without_programme": (
        "supply to an end user names no programme",
        "supplies to end users name no programme",
    ),
    "single_origin_links": ("link rests on one root source", "links rest on one root source"),
}


def gap(name: str, number: int) -> str:
    """Return what the record does not know in words, without the number.

    Parameters
    ----------
    name : str
        Of `graph.stores.base.Gap`.
    number : int
        How many there are.

    Examples
    --------
    >>> gap("undated_links", 16)
    'links have no date at all'
    """
    return _GAPS[name][number != 1]


def stage(of: Stage) -> str:
    """Return a stage of procedure, so that a charge is never read as a finding.

    Examples
    --------
    >>> stage(Stage.CHARGED), stage(Stage.FINAL)
    ('a charge, no finding', 'a final ruling')
    """
    return of.entry.said


def either(words: Sequence[str]) -> str:
    """Join words that are alternatives.

    Examples
    --------
    >>> either(["supply"]), either(["operation", "part", "listing"])
    ('supply', 'operation, part or listing')
    """
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def percent(probability: float) -> str:
    """Write a probability for readers.

    Examples
    --------
    >>> percent(0.8536), percent(0.0004), percent(0.9996), percent(1.0), percent(0.0)
    ('85 %', 'under 1 %', 'over 99 %', '100 %', '0 %')
    """
    if 0 < probability < 0.005:
        return "under 1 %"
    if 0.995 <= probability < 1:
        return "over 99 %"
    return f"{probability:.0%}".replace("%", " %")


def version(identifier: str, created: str = "") -> str:
    """Return the name of a data version for readers: date and first digits.

    Parameters
    ----------
    identifier : str
        Id of the version.
    created : str
        When it was written, ISO 8601; empty where it is not known.

    Examples
    --------
    >>> version("7f3a9c00", "2026-11-20T10:00:00")
    '2026-11-20 · 7f3a'
    """
    return " · ".join(part for part in (created[:10], identifier[:4]) if part)


def licence(sets: Iterable[str]) -> str:
    """Return the licences of rows by their sets: each set has its own.

    >>> licence(["mine", "starter"])
    'Starter data: CC BY 4.0 · mine: as its editors say'
    """
    named = sorted(set(sets), key=lambda name: (name not in _LICENCES, name))
    return " · ".join(_LICENCES.get(name, f"{name}: as its editors say") for name in named)
