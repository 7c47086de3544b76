"""Which class a route belongs to: its app's, its area's, or what its module or view says."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final

from balai.endpoints.classes import MARK, Endpoint
from balai.endpoints.policy import SAFE
from balai.modules import registry
from balai.modules.manifest import Module

API: Final = "api/v1/"
AREAS: Final = {"_desk": Endpoint.DESK, "_console": Endpoint.CONSOLE, "_root": None}
# The kernel's own apps by namespace. Every namespace that ends in "_console" is the console.
KERNEL: Final[Mapping[str, Endpoint]] = {
    "home": Endpoint.CITIZEN_READ,
    "opendata": Endpoint.CITIZEN_READ,
    "ckan": Endpoint.CITIZEN_READ,
    "files": Endpoint.CITIZEN_READ,
    "notify": Endpoint.STATUS,  # whoever follows something may leave it at any time
    "ui": Endpoint.FACE,
    "themes": Endpoint.FACE,
    "account": Endpoint.SIGN_IN,
    "idp": Endpoint.SIGN_IN,
    "signon": Endpoint.SIGN_IN,
    "live": Endpoint.LIVE,
}
# Routes of libraries that come without a namespace, by the beginning of their names.
NAMELESS: Final = {
    "account_": Endpoint.SIGN_IN,
    "mfa_": Endpoint.SIGN_IN,
    "api_token": Endpoint.SIGN_IN,
}


class UnclassifiedError(LookupError):
    """A route that belongs to no class: nobody has said what it is for."""


def classify(
    *,
    route: str,
    app_names: Sequence[str],
    url_name: str | None,
    view: object,
    method: str,
    kwargs: Mapping[str, Any] | None = None,
) -> Endpoint:
    """Return the one class of a route for a method.

    Args:
        route: the pattern from the root, "desk/news/<uuid:article>/".
        kwargs: a request's arguments; a manifest may tell "news_desk:move/approve" from the rest.

    Raises:
        UnclassifiedError: when nothing says what it is for; a test walks all routes.
    """
    told: Endpoint | None = getattr(view, MARK, None)
    if told is not None:
        return told
    area = app_names[0] if app_names else ""
    if route.startswith(API):
        return _of_api(route, url_name or "", method)
    slug = next((area.removesuffix(end) for end in AREAS if area.endswith(end)), area)
    module = registry.get(slug)
    if module is not None:
        wanted = _of_manifest(module, f"{area}:{url_name}", method, kwargs or {})
        return wanted or _of_area(area, slug, method)
    if area.endswith("_console"):
        return Endpoint.CONSOLE
    return _of_kernel(area, url_name or "", route)


def _of_api(route: str, name: str, method: str) -> Endpoint:
    slug = route.removeprefix(API).partition("/")[0]
    module = registry.get(slug)
    found = module and _of_manifest(module, f"{slug}_api:{name}", method, {})
    for start, endpoint in NAMELESS.items():
        if name.startswith(start):
            return endpoint
    return found or (Endpoint.API_READ if method in SAFE else Endpoint.API_WRITE)


def _of_manifest(
    module: Module, label: str, method: str, kwargs: Mapping[str, Any]
) -> Endpoint | None:
    """Return the class of the manifest's first rule that fits the route or this use of it."""
    kind = "GET" if method in SAFE else "POST"
    named = [label, *(f"{label}/{value}" for value in kwargs.values())]
    labels = [*named, *(f"{kind} {name}" for name in named)]
    return next(
        (
            endpoint
            for rule, endpoint in module.endpoints.items()
            if any(fnmatchcase(name, rule) for name in labels)
        ),
        None,
    )


def _of_area(area: str, slug: str, method: str) -> Endpoint:
    fixed = AREAS.get(area.removeprefix(slug))
    if fixed is not None:
        return fixed
    return Endpoint.CITIZEN_READ if method in SAFE else Endpoint.CITIZEN_SERVICE


def _of_kernel(area: str, name: str, route: str) -> Endpoint:
    if area in KERNEL:
        return KERNEL[area]
    for start, endpoint in NAMELESS.items():
        if not area and name.startswith(start):
            return endpoint
    raise UnclassifiedError(f"{route} ({area}:{name})")
