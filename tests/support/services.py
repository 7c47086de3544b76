"""Pytest plugin: PostgreSQL and Valkey for the whole run, unless the environment names others.

It is loaded before Django's settings are, because they read where the services are.
"""

import os
import re
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
elif "REDIS_URL" in os.environ:
    # Both workers call their cities alike: each keeps its cache in a database of its own.
    number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.environ["REDIS_URL"] = re.sub(r"/\d+$", f"/{2 + number}", os.environ["REDIS_URL"])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started."""
    if _services is not None:
        _services.close()
