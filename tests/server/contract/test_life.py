"""tests/contract/test_life.py, asked of real servers."""

from tests.contract.test_life import *  # noqa: F403
