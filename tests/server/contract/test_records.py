"""tests/contract/test_records.py, asked of real servers."""

from tests.contract.test_records import *  # noqa: F403
