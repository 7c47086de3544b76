"""Pytest plugin: PostgreSQL and Valkey for the whole run, unless the environment names others.

It is loaded before Django's settings are, because they read where the services are.
"""

import os
from pathlib import Path

import pytest

from balai import embedded
from balai.i18n import compile_all

STATE = Path(os.environ.setdefault("BALAI_STATE", ".balai-test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings.test")
_services = None
# WhiteNoise warns of a missing folder, and warnings are errors here.
(STATE / "static").mkdir(parents=True, exist_ok=True)

if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_all()  # a fresh checkout has texts, but no catalogues that programs can read
    if "DATABASE_URL" not in os.environ:
        _services = embedded.start(STATE, durable=False)
        os.environ.update(_services.environment())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started."""
    if _services is not None:
        _services.close()
