"""The pages of a region: kernel first, then every module under its own slug.

A standard's address (Open311's, say) stands at the root itself: ``balai.modules.rooting``.
"""

from django.urls import include, path

from balai.modules import registry, rooting
from balai.modules.manifest import Module
from balai.urls_common import (
    Routes,
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns as common,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

AREAS = (
    ("", "urls", ""),
    ("desk/", "urls_desk", "_desk"),
    ("console/", "urls_console", "_console"),
)


def _mount(module: Module) -> Routes:
    return [
        path(
            f"{prefix}{module.slug}/", include((f"{module.name}.{part}", f"{module.slug}{suffix}"))
        )
        for prefix, part, suffix in AREAS
        if module.provides(part)
    ]


def _mount_at_root(kernel: Routes) -> Routes:
    areas = [prefix for prefix, _, _ in AREAS if prefix]
    return [
        path(
            mount.prefix,
            include(
                (f"{mount.module.name}.{rooting.PART}", f"{mount.module.slug}{rooting.SUFFIX}"),
                namespace=mount.namespace,
            ),
        )
        for mount in rooting.mounts(registry.installed(), kernel, areas)
    ]


KERNEL: Routes = [
    path("", include("balai.home.urls")),
    *common,
    path("", include("balai.signon.urls")),
    path("accounts/apps/", include("balai.signon.urls_mine")),
    path("media/", include("balai.files.urls")),
    path("notices/", include("balai.notify.urls")),
    path("api/v1/", include("balai.api.urls")),
    path("data/", include("balai.opendata.urls")),
    path("api/3/action/", include("balai.opendata.urls_ckan")),
    path("console/", include("provisioning.urls_console")),
    path("console/life/", include("provisioning.lifecycle.urls_console")),
    path("console/domains/", include("provisioning.domains.urls_console")),
    path("console/", include("tenants.urls_console")),
    path("console/brand/", include("themes.urls_console")),
    path("console/officers/", include("balai.accounts.urls_console")),
    path("console/", include("balai.directory.urls_console")),
    path("console/calendar/", include("balai.workcal.urls_console")),
    path("console/audit/", include("balai.audit.urls_console")),
    path("console/notifications/", include("balai.notify.urls_console")),
    path("console/api/", include("balai.api.urls_console")),
    path("console/sign-on/", include("balai.signon.urls_console")),
    path("console/import/", include("balai.importing.urls_console")),
]
urlpatterns: Routes = [
    *KERNEL,
    *_mount_at_root(KERNEL),
    *(route for module in registry.installed() for route in _mount(module)),
]
