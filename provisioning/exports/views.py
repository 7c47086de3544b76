"""The console's page of exports: ask, allow, watch, download, accept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from balai import context
from balai.accounts.guards import console_required
from balai.accounts.members.selectors import lasting_admins
from balai.endpoints import Endpoint, belongs
from provisioning.exports import ranges, services, tasks
from provisioning.models import Export, ExportState

HOME = "exports_console:index"


@belongs(Endpoint.EXPORT)
@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the region's exports."""
    return render(request, "provisioning/exports/index.html", _page(request))


@belongs(Endpoint.EXPORT)
@console_required
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """Give the part that changes while one is being made."""
    return render(request, "provisioning/exports/part.html", _page(request))


@belongs(Endpoint.EXPORT)
@console_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an export."""
    return _do(
        request, lambda: services.ask(by=_user(request)),
        _("Asked. The other admins have been told."),
    )  # fmt: skip


@belongs(Endpoint.EXPORT)
@console_required
@require_POST
def allow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Allow it as the second person, and have a worker make it."""
    export = _find(uuid)
    try:
        services.decide(export, by=_user(request), allow=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(HOME)
    try:
        tasks.run.delay(str(export.uuid))
    except OperationalError:  # the sweeper sends it as soon as the broker is back
        messages.success(request, _("Allowed. It is made as soon as a worker can be reached."))
    else:
        messages.success(request, _("Allowed. It is being made now."))
    return redirect(HOME)


@belongs(Endpoint.EXPORT)
@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Refuse it, or take one's own request back; asked first."""
    export = _find(uuid)
    if request.method != "POST":
        own = export.asked_uuid == _user(request).uuid
        return render(request, "balai/confirm.html", {
            "question": _("Take the request back?") if own else _("Refuse this export?"),
            "stays": _("It can be asked for again at any time."),
            "yes": _("Take back") if own else _("Refuse"), "no": _("Leave it"),
            "back": redirect(HOME).url, "danger": True, "confirm_base": "balai/console.html",
        })  # fmt: skip
    return _do(
        request, lambda: services.decide(export, by=_user(request), allow=False),
        _("Nothing is made."),
    )  # fmt: skip


@belongs(Endpoint.EXPORT)
@console_required
@never_cache
@require_POST
def passphrase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the passphrase, this once."""
    export = _find(uuid)
    try:
        words = services.reveal(export, by=_user(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(HOME)
    return render(request, "provisioning/exports/passphrase.html", {"words": words})


@belongs(Endpoint.EXPORT)
@console_required
@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep that the archive was downloaded and checked."""
    return _do(
        request, lambda: services.accept(_find(uuid), by=_user(request)),
        _("Noted, with your name."),
    )  # fmt: skip


@belongs(Endpoint.EXPORT)
@console_required
@require_safe
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give the archive to the person the link was made for; a broken download goes on."""
    export = services.behind_link(token, by=_user(request))
    if export is None or not services.path_of(export).exists():
        raise Http404
    if ranges.begins(request):
        services.downloaded(export, by=_user(request))
    name = f"{context.current_region().slug}-{export.finished_at:%Y%m%d}.zip"
    return ranges.response(request, services.path_of(export), tag=export.sha256, name=name)


def _page(request: HttpRequest) -> dict[str, Any]:
    exports = services.latest()
    me = _user(request)
    for export in exports:
        ready = export.state == ExportState.READY
        export.link = services.link(export, by=me) if ready else ""  # type: ignore[attr-defined]  # for the template
        export.mine = export.asked_uuid == me.uuid  # type: ignore[attr-defined]  # as above
    busy = [export for export in exports if export.state in services.UNDER_WAY]
    moving = any(export.state != ExportState.ASKED for export in busy)
    return {"exports": exports, "busy": busy, "moving": moving,
            "alone": lasting_admins().values("user_id").distinct().count() < 2}  # fmt: skip


def _do(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    """Do what was asked and say so, or say why not; then back to the list."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(HOME)


def _find(uuid: UUID) -> Export:
    export = services.find(uuid)
    if export is None:
        raise Http404
    return export


def _user(request: HttpRequest) -> Any:
    return request.user
