"""I-01: every route, method and role of one city, asked for the other city's things."""

import os
import re

import pytest
from django.db import transaction
from django.urls import reverse

from balai.context import Region, region_context
from balai.devtools.routes import Route, routes
from balai.modules import registry
from tests.isolation.exhibits import CANARY, Exhibits, collect, no_objects

pytestmark = pytest.mark.django_db

URLCONF = "balai.urls_region"
SOAK = bool(os.environ.get("BALAI_SOAK"))
ALL_METHODS = ("get", "head", "post", "put", "delete")
BROUGHT = [role.slug for module in registry.installed() for role in module.roles]
ROLES = (
    None, "citizen", "officer", "coordinator", "leader", "admin",
    *(BROUGHT if SOAK else ("dispatcher",)),
)  # fmt: skip
REFUSALS = {302, 400, 401, 403, 404, 405, 410, 422}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
# Routes whose argument is no object of a region, with the reason.
NO_OBJECT = {
    "opendata:dataset": "a data set's name, the same in every region",
    "importing_console:new": "an importer's name, the same in every region",
    "importing_console:example": "an importer's name, the same in every region",
    "themes:icon": "a size in pixels",
    "provisioning_console:attest": "the name of a check, the same in every region",
    "tenants_console:edit": "a module's slug, the same in every region",
    "tenants_console:settings": "a module's slug, the same in every region",
    "tenants_console:switch": "a module's slug, the same in every region",
    "liveroom:widget": "a widget's name, the same in every region",
    "liveroom_desk:widget": "a widget's name, the same in every region",
}
NO_OBJECT |= no_objects()
ROUTES = [route for route in routes(URLCONF) if route.name != "django-admindocs"]


def arguments(route: Route) -> list[str]:
    return [first or second for first, second in ARGUMENT.findall(route.pattern)]


WITH_OBJECT = [r for r in ROUTES if arguments(r) and r.name not in NO_OBJECT]
WITHOUT_OBJECT = [r for r in ROUTES if not arguments(r)]


@pytest.fixture
def shown(region: Region) -> Exhibits:
    """Fill Kota Tangerang with canaries."""
    with region_context(region):
        return collect()


@pytest.fixture
def visitor(other_region: Region, make_user, client_for):
    """Return a function that gives a client of Purworejo in a role."""

    def visit(role: str | None):
        if role is None:
            return client_for(other_region)
        user = make_user(None if role == "citizen" else role, city=other_region)
        return client_for(other_region, user)

    return visit


def ask(client, method: str, address: str):
    """Send one request and undo what it did."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, body, str(response.headers)


def methods(role: str | None) -> tuple[str, ...]:
    """Return what a role tries: in the short form only an admin and a stranger try everything."""
    return ALL_METHODS if SOAK or role in (None, "admin") else ("get", "post")


def test_i01_every_route_with_an_object_is_listed(shown: Exhibits) -> None:
    missing = sorted({r.name or r.pattern for r in WITH_OBJECT} - set(shown))
    assert missing == [], "give these routes an exhibit in their package's tests/exhibits.py"


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_i01_objects_of_one_city_do_not_exist_in_the_other(role, shown: Exhibits, visitor) -> None:
    client = visitor(role)
    leaks = []
    for route in WITH_OBJECT:
        address = reverse(route.name, kwargs=shown[route.name], urlconf=URLCONF)
        for method in methods(role):
            status, body, headers = ask(client, method, address)
            if status not in REFUSALS or CANARY.encode() in body or CANARY in headers:
                leaks.append((method, route.name, status))
    assert leaks == []


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_i01_pages_of_one_city_show_nothing_of_the_other(role, shown: Exhibits, visitor) -> None:
    client = visitor(role)
    leaks = []
    for route in WITHOUT_OBJECT:
        address = "/" + re.sub(r"[\^$\\]|\\Z", "", route.pattern)
        for method in methods(role):
            status, body, headers = ask(client, method, address)
            if status >= 500 or CANARY.encode() in body or CANARY in headers:
                leaks.append((method, route.name, status))
    assert leaks == []


def test_i01_the_matrix_sees_a_leak(region: Region, shown: Exhibits, make_user, client_for) -> None:
    """Positive control: asked in its own city, an admin does see the canary."""
    client = client_for(region, make_user("admin", city=region))
    seen = 0
    for route in WITH_OBJECT:
        address = reverse(route.name, kwargs=shown[route.name], urlconf=URLCONF)
        status, body, _ = ask(client, "get", address)
        seen += status == 200 and CANARY.encode() in body
    assert seen >= 5
