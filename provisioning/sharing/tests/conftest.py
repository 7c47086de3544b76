"""The platform's people, as in the operators' tests."""

from provisioning.operators.tests.conftest import worker

__all__ = ["worker"]
