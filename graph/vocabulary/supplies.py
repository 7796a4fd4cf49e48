"""Roles of a supplier, and forms of a supply."""

from __future__ import annotations

import msgspec

from graph.vocabulary.term import Term


class RoleEntry(msgspec.Struct, frozen=True):
    """What the faces know of a role.

    Parameters
    ----------
    said : str
        The role as it stands beside a deal.
    """

    said: str


class Role(Term):
    """The part that a supplier plays in a contract."""

    entry: RoleEntry

    SUPPLIER = "supplier", RoleEntry("as supplier")
    SUBCONTRACTOR = "subcontractor", RoleEntry("as subcontractor")
    RESELLER = "reseller", RoleEntry("as reseller")
    INTEGRATOR = "integrator", RoleEntry("as integrator")
    MAINTENANCE = "maintenance", RoleEntry("for maintenance")


class FormEntry(msgspec.Struct, frozen=True):
    """What the faces know of a form.

    Parameters
    ----------
    said : str
        The form as it stands beside a deal.
    lasts : bool
        True where the supply is a state with a beginning and an end, and no event.
    """

    said: str
    lasts: bool = False


class Form(Term):
    """What kind of transfer a supply is known as."""

    entry: FormEntry

    ORDER = "order", FormEntry("an order")
    AWARD = "award", FormEntry("an award")
    DELIVERY = "delivery", FormEntry("a delivery")
    REPORTED_TRANSFER = "reported transfer", FormEntry("a reported transfer")
