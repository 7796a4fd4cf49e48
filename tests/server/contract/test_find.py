"""tests/contract/test_find.py, asked of real servers."""

from tests.contract.test_find import *  # noqa: F403
