"""One NinjaAPI for all regions; what it shows depends on the modules a region has on."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from balai.api import errors, refusals, scopes, security
from balai.api.guard import guard_for, slug_of
from balai.api.throttle import RegionThrottle
from balai.modules import registry

VERSION: Final = "1.0.0"


def build() -> NinjaAPI:
    """Return the API with the routers of all installed modules, each under its slug."""
    api = NinjaAPI(
        title="Balai",
        version=VERSION,
        description="Errors are {code, message, fields}. Times are ISO 8601 with an offset.",
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        throttle=[RegionThrottle()],
    )
    api.add_decorator(guard_for(api), mode="view")
    errors.install(api)
    for module in registry.installed():
        found: Any = registry.part(module, "api")
        if found is not None:
            api.add_router(f"/{module.slug}/", found.router, url_name_prefix=module.slug)
    return api


def schema_for(api: NinjaAPI, request: HttpRequest) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of what the current region offers."""
    document: dict[str, Any] = dict(api.get_openapi_schema())
    paths = {
        path: operations
        for path, operations in document["paths"].items()
        if not registry.is_off(slug_of(path))
    }
    info = {**document["info"], "title": _("%(site)s: API") % {"site": request.get_host()}}
    schemes = security.schemes(reverse("api_token"), scopes.rights())
    server = {"url": f"{request.scheme}://{request.get_host()}"}
    schemas = {**document["components"].get("schemas", {}), "Problem": refusals.PROBLEM}
    components = {**document["components"], "schemas": schemas, "securitySchemes": schemes}
    return {
        **document,
        "info": info,
        "paths": security.describe(refusals.describe(paths)),
        "components": components,
        "servers": [server],
    }
