"""tests/contract/test_relevant.py, asked of real servers."""

from tests.contract.test_relevant import *  # noqa: F403
