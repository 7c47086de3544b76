"""The matrix: every state of a region's life x every class of endpoints, over real routes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from balai.api import Problem
from balai.context import platform, region_context
from balai.endpoints import Endpoint, StoppedError, policy, require
from balai.endpoints.classify import UnclassifiedError, classify
from balai.endpoints.policy import Access
from balai.modules import registry
from tenants import directory
from tenants.models import ModuleSwitch, Region as Row
from tenants.states import State

METHODS = ("GET", "POST")
CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")
VALUES = {"uuid": str(UUID(int=7)), "int": "7", "slug": "x", "str": "x", "path": "x", None: "x"}


@dataclass(frozen=True, slots=True)
class Use:
    """One way to call a route."""

    path: str
    method: str
    endpoint: Endpoint
    label: str


def walk(
    resolver: Any, prefix: str = "", areas: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*areas, entry.app_name) if entry.app_name else areas
            yield from walk(entry, route, inner)
        else:
            yield route, areas, entry


ROUTES = list(walk(get_resolver("balai.urls_region")))


def uses() -> Iterator[Use]:
    for route, areas, entry in ROUTES:
        for method in METHODS:
            endpoint = classify(
                route=route, app_names=areas, url_name=entry.name, view=entry.callback,
                method=method,
            )  # fmt: skip
            path = "/" + CONVERTED.sub(lambda found: VALUES.get(found[1], "x"), route)
            if "(?P" not in path:
                yield Use(path, method, endpoint, f"{':'.join(areas)}:{entry.name}")


BY_CLASS: dict[Endpoint, list[Use]] = defaultdict(list)
for use in uses():
    BY_CLASS[use.endpoint].append(use)
CASES = [(state, endpoint) for state in State for endpoint in Endpoint]


@pytest.fixture
def put(region):
    """Return a function that brings the region into a state, known at once."""

    def _put(state: str):
        with platform():
            Row.objects.filter(pk=region.id).update(state=state)
        directory.invalidate()
        return directory.by_schema(region.schema)

    return _put


def _expected(state: str, use: Use) -> int | None:
    """Return the status of the refusal, or None where the request must reach its view."""
    allowed = policy.access(state, use.endpoint)
    if use.endpoint == Endpoint.FACE and state == State.CLOSED and not use.path.startswith(
        ("/theme.css", "/icons/") if use.method == "GET" else ()
    ):  # fmt: skip  # a closed region runs nothing; its page needs no more than these
        return 410
    if state in (State.REQUESTED, State.BUILDING):
        return 404
    return policy.status(state, allowed) if policy.refuses(allowed, use.method) else None


def _says_stopped(answer) -> bool:
    content = getattr(answer, "content", b"")
    return b"data-stopped" in content or content.startswith(b'{"code": "region_')


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "endpoint"), CASES, ids=lambda value: str(value.value))
def test_state_x_endpoint_class(state, endpoint, put, region, client_for) -> None:
    """Ask routes of the class in the state, before any sign-in: the state answers first."""
    put(state)
    chosen = [use for use in BY_CLASS[endpoint] if use.method == "POST"][:2]
    chosen += [use for use in BY_CLASS[endpoint] if use.method == "GET"][:2]
    assert chosen, f"no route is {endpoint}"
    client = client_for(region)
    for use in chosen:
        answer = client.generic(use.method, use.path, HTTP_ACCEPT_LANGUAGE="id")
        stopped = _says_stopped(answer)
        expected = _expected(state, use)
        if expected is None:
            assert not stopped, use
            assert answer.status_code not in (402, 409, 410), use
        else:
            assert answer.status_code == expected, use


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State), ids=lambda state: str(state.value))
def test_every_route_in_a_state(state, put, region, client_for) -> None:
    """The matrix over all routes; each is asked, none by its class only."""
    put(state)
    client = client_for(region)
    client.raise_request_exception = False
    for use in uses():
        answer = client.generic(use.method, use.path)
        stopped = answer.status_code in (402, 409, 410) and (
            state == State.CLOSED or _says_stopped(answer)
        )
        assert stopped == (_expected(state, use) in (402, 409, 410)), (use, answer.status_code)


def test_every_route_has_exactly_one_class_and_every_class_a_route() -> None:
    assert len(ROUTES) > 500
    assert {use.endpoint for use in uses()} == set(Endpoint)
    with pytest.raises(UnclassifiedError):
        classify(route="x/", app_names=["nobody"], url_name="x", view=None, method="GET")


def test_every_rule_of_a_manifest_fits_a_route() -> None:
    labels = {
        f"{areas[0] if areas else ''}:{entry.name}" for _route, areas, entry in ROUTES
    } | {
        f"{route.split('/')[2]}_api:{entry.name}" for route, _areas, entry in ROUTES
        if route.startswith("api/v1/") and route.count("/") > 2
    }  # fmt: skip
    for module in registry.installed():
        for rule in module.endpoints:
            plain = rule.removeprefix("POST ").partition("/")[0]
            pattern = re.compile(re.escape(plain).replace(r"\*", ".*") + r"\Z")
            assert any(pattern.match(label) for label in labels), f"{module.slug}: {rule}"


def test_money_never_stops_what_people_rely_on() -> None:
    kept = set(Endpoint) - {Endpoint.PUBLISHING, Endpoint.API_WRITE}
    for state in ("sandbox", "active", "past_due", "restricted"):
        assert {policy.access(state, endpoint) for endpoint in kept} == {Access.OPEN}
    assert set(policy.TABLE) == set(State)


def test_an_argument_tells_publishing_from_taking_down() -> None:
    def of(what: str) -> Endpoint:
        return classify(
            route="desk/news/<uuid:article>/move/<slug:name>/", app_names=["news_desk"],
            url_name="move", view=None, method="POST",
            kwargs={"article": UUID(int=1), "name": what},
        )  # fmt: skip

    assert of("approve") == Endpoint.PUBLISHING
    assert of("archive") == Endpoint.DESK


@pytest.mark.django_db
def test_the_page_says_why_in_the_readers_language(put, region, client_for) -> None:
    put(State.RESTRICTED)
    client = client_for(region)
    page = client.get("/desk/news/new/")
    assert page.status_code == 402
    assert "tel:112" in page.content.decode()
    client.cookies["balai_language"] = "en"
    assert "Publishing is stopped" in client.get("/desk/news/new/").content.decode()
    line = client.get("/desk/news/new/", headers={"HX-Request": "true"})
    assert line["Content-Type"].startswith("text/plain")
    put(State.CLOSING)
    told = client.post("/complaints/new/", headers={"Accept": "application/json"})
    assert (told.status_code, told["Content-Type"]) == (410, "application/json")
    assert told.json()["code"] == "region_closing"


@pytest.mark.django_db
def test_programs_are_refused_in_the_apis_own_form_and_openapi_says_so(
    put, region, client_for
) -> None:
    client = client_for(region)
    document = client.get("/api/v1/openapi.json").json()
    post = next(use for use in BY_CLASS[Endpoint.API_WRITE] if use.method == "POST")
    for state, status in ((State.RESTRICTED, 402), (State.CLOSING, 409), (State.CLOSED, 410)):
        put(state)
        told = client.generic("POST", post.path, b"{}", content_type="application/json")
        assert (told.status_code, told["Content-Type"]) == (status, "application/json")
        assert told.json()["code"] == f"region_{state}"
        assert Problem(**told.json()).message
        for methods in document["paths"].values():
            for operation in methods.values():
                assert str(status) in operation["responses"]


@pytest.mark.django_db
def test_a_switched_off_module_is_not_told_of(put, region, client_for) -> None:
    put(State.RESTRICTED)
    with platform():
        ModuleSwitch.objects.filter(region_id=region.id, slug="news").update(enabled=False)
    directory.invalidate()
    assert client_for(region).get("/desk/news/new/").status_code == 404


@pytest.mark.django_db
def test_a_service_asks_the_same_table(put) -> None:
    with region_context(put(State.RESTRICTED)), pytest.raises(StoppedError):
        require(Endpoint.PUBLISHING)
    with region_context(put(State.PAST_DUE)):
        require(Endpoint.PUBLISHING)
