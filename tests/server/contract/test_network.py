"""tests/contract/test_network.py, asked of real servers."""

from tests.contract.test_network import *  # noqa: F403
