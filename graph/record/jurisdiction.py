"""Which countries' exports were under EU rules, and when.

Accession dates: the treaties of accession, Official Journal of the European Union. The United
Kingdom left on 31 January 2020 and stayed under EU export rules until 31 December 2020
(Withdrawal Agreement, Articles 126 and 127).
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.record.dates import LATEST, Days, parse_date

_SINCE = {
    "1958-01-01": "BE DE FR IT LU NL",
    "1973-01-01": "DK IE GB",
    "1981-01-01": "GR",
    "1986-01-01": "ES PT",
    "1995-01-01": "AT FI SE",
    "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
    "2007-01-01": "BG RO",
    "2013-07-01": "HR",
}
_UNTIL = {"GB": "2020-12-31"}

#: ISO 3166-1 alpha-2 code -> days under the export rules of the EU (or its forerunners).
EU: dict[str, Days] = {
    country: Days(
        parse_date(since).first, parse_date(_UNTIL[country]).last if country in _UNTIL else LATEST
    )
    for since, countries in _SINCE.items()
    for country in countries.split()
}


def in_eu(countries: Iterable[str], days: Days) -> str:
    """Tell whether a company of these countries was under EU export rules on these days.

    Parameters
    ----------
    countries : iterable of str
        ISO codes; several where a vendor sits in several; none where the record does not know.
    days : Days
        The days on which the supply may have been made.

    Returns
    -------
    str
        `"yes"` on all of these days, `"no"` on none of them, else `"possibly"`: also where no
        country is known.

    Examples
    --------
    >>> in_eu(["SE"], parse_date("2015")), in_eu(["HR"], parse_date("2013"))
    ('yes', 'possibly')
    >>> in_eu(["GB"], parse_date("2021"))
    'no'
    >>> in_eu([], parse_date("2015"))
    'possibly'
    """
    known = tuple(countries)
    if not known:
        return "possibly"
    spans = [EU[country] for country in known if country in EU]
    if any(span.covers(days) for span in spans):
        return "yes"
    return "possibly" if any(span & days for span in spans) else "no"


def leaves_eu(supplier: Iterable[str], target: Iterable[str], days: Days) -> str:
    """Tell whether a supply was an export under EU rules: it left the EU, and so fell under them.

    Parameters
    ----------
    supplier : iterable of str
        ISO codes of the company that made the first supply.
    target : iterable of str
        ISO codes of the buyer or programme in which the path ends.
    days : Days
        The days on which the supply may have been made.

    Returns
    -------
    str
        As of `in_eu`; `"no"` where the target was under EU rules itself, `"possibly"` where it may
        have been.

    Examples
    --------
    >>> leaves_eu(["FR"], ["CN"], parse_date("2015")), leaves_eu(["FR"], ["FR"], parse_date("2015"))
    ('yes', 'no')
    >>> leaves_eu(["FR"], ["HR"], parse_date("2013")), leaves_eu(["FR"], [], parse_date("2013"))
    ('possibly', 'possibly')
    """
    regime, there = in_eu(supplier, days), in_eu(target, days)
    if regime == "no" or there == "yes":
        return "no"
    return "possibly" if there == "possibly" else regime
