"""The rules of the record.

rules.py       what one record must keep to: dates, intervals, ends, what needs what
references.py  ids that exist, origins that end in a root
twins.py       ids that stand in two rows, of one set or of two
gaps.py        what an editor should look at: undated rows, allegations without a reply
layout.py      which columns a table has
explain.py     why a row is no record, before the rules of the record
validator.py   all of them together, over the sets of a version
"""

from __future__ import annotations

from graph.validate.faults import Fault, RowLocation
from graph.validate.rules import PERSON, PERSON_FAULT, Known, faults
from graph.validate.validator import TABLES, Validator

__all__ = [
    "PERSON",
    "PERSON_FAULT",
    "TABLES",
    "Fault",
    "Known",
    "RowLocation",
    "Validator",
    "faults",
]
