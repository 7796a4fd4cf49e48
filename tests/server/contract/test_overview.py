"""tests/contract/test_overview.py, asked of real servers."""

from tests.contract.test_overview import *  # noqa: F403
