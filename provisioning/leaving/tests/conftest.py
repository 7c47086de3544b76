"""The full region of the exports' tests."""

from provisioning.exports.tests.conftest import Full, full

__all__ = ["Full", "full"]
