"""One real object for every address that names one: the city's exhibits.

Each package that has such addresses gives ``tests/exhibits.py`` with
``exhibits() -> dict[str, dict[str, object]]``: full route name to the keyword arguments of an
object it made in the active region. A route nobody lists fails the suite. An argument that is
no object of a region stands in the file's ``NO_OBJECT``: full route name to the reason.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

CANARY = "KANARI-TANGERANG"
Exhibits = dict[str, dict[str, object]]


def collect() -> Exhibits:
    """Make the exhibits of every package in the active region."""
    found: Exhibits = {}
    for package in packages():
        found |= import_module(package).exhibits()
    return found


def no_objects() -> dict[str, str]:
    """Return the routes whose argument is no object of a region, with the reason."""
    found: dict[str, str] = {}
    for package in packages():
        found |= getattr(import_module(package), "NO_OBJECT", {})
    return found


def packages() -> Iterator[str]:
    """Yield the dotted name of every ``tests.exhibits`` of our own apps."""
    ours = ("balai.", "tenants", "themes", "provisioning", "modules.", "tests.dummy.")
    for config in apps.get_app_configs():
        name = f"{config.name}.tests.exhibits"
        if config.name.startswith(ours) and find_spec(f"{config.name}.tests") and find_spec(name):
            yield name
