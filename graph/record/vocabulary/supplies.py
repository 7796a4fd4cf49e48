"""Roles of a supplier, and forms of a supply."""

from __future__ import annotations

from graph.record.vocabulary.term import Said, Term


class Role(Term):
    """The part that a supplier plays in a contract."""

    entry: Said

    SUPPLIER = "supplier", Said("as supplier")
    SUBCONTRACTOR = "subcontractor", Said("as subcontractor")
    RESELLER = "reseller", Said("as reseller")
    INTEGRATOR = "integrator", Said("as integrator")
    MAINTENANCE = "maintenance", Said("for maintenance")


class FormEntry(Said, frozen=True):
    """What the faces know of a form.

    Parameters
    ----------
    said : str
        As of `Said`.
    lasts : bool
        True where the supply is a state with a beginning and an end, and no event.
    """

    lasts: bool = False


class Form(Term):
    """What kind of transfer a supply is known as."""

    entry: FormEntry

    ORDER = "order", FormEntry("an order")
    AWARD = "award", FormEntry("an award")
    DELIVERY = "delivery", FormEntry("a delivery")
    REPORTED_TRANSFER = "reported transfer", FormEntry("a reported transfer")
    SERVICE = "service", FormEntry("a supply that lasts", lasts=True)
