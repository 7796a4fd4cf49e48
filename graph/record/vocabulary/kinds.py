"""Kinds of entity."""

from __future__ import annotations

import msgspec

from graph.record.vocabulary import pictures
from graph.record.vocabulary.pictures import Paint
from graph.record.vocabulary.term import Term


class KindEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the faces know of a kind.

    Parameters
    ----------
    meaning : str
        What is of this kind.
    label : str
        Label in a graph database.
    paint : Paint
        Of its card in a picture without paths.
    party : bool
        True for kinds that own, buy and run, and at which a path may begin.
    scored : bool
        True for kinds that are scored as exporters.
    target : bool
        True for kinds at which a path may end.
    crowded : bool
        True where many are linked to it who have nothing else in common.
    """

    meaning: str
    label: str
    paint: Paint
    party: bool = False
    scored: bool = False
    target: bool = False
    crowded: bool = False


class Kind(Term):
    """What an entity is. There is no kind for natural persons, on purpose."""

    entry: KindEntry

    COMPANY = (
        "company",
        KindEntry(
            meaning="vendor, parent, reseller, integrator, operator: which, follows from its links",
            label="Company",
            paint=pictures.COMPANY,
            party=True,
            scored=True,
            target=True,
        ),
    )
    PUBLIC_BODY = (
        "public_body",
        KindEntry(
            meaning="ministry, police bureau, service, state university",
            label="PublicBody",
            paint=pictures.BODY,
            party=True,
            target=True,
        ),
    )
    ORGANISATION = (
        "organisation",
        KindEntry(
            meaning="NGO, court, medium, fund, standards body: never scored",
            label="Organisation",
            paint=pictures.BODY,
            party=True,
            target=True,
        ),
    )
    PROGRAMME = (
        "programme",
        KindEntry(
            meaning="a surveillance programme or system of a state, or a project within one",
            label="Programme",
            paint=pictures.PROGRAMME,
            target=True,
        ),
    )
    PRODUCT = (
        "product",
        KindEntry(meaning="what is sold", label="Product", paint=pictures.PLAIN),
    )
    INSTRUMENT = (
        "instrument",
        KindEntry(
            meaning="law, list, guidance, initiative",
            label="Instrument",
            paint=pictures.PLAIN,
            crowded=True,
        ),
    )
    PLACE = (
        "place",
        KindEntry(
            meaning="region or town: never scored",
            label="Place",
            paint=pictures.PLAIN,
            crowded=True,
        ),
    )
