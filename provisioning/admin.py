"""The operators' plain tables: orders, claims, requests to go live, releases. Nothing is decided
here: decisions have a reason, a mail and a line in the audit log, at /operations/.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from balai.accounts.admin import ReadOnly
from provisioning.billing import admin as billing  # noqa: F401  # Django looks for it here
from provisioning.leaving import admin as leaving  # noqa: F401  # as above
from provisioning.models import Claim, GoLiveRequest, Opening, RegionMove, Release, Step


class StepInline(admin.TabularInline):
    """The steps of an opening, with what went wrong."""

    model = Step
    extra = 0
    can_delete = False
    fields = readonly_fields = ("position", "name", "state", "attempts", "error", "finished_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Steps are made by the engine."""
        return False


@admin.register(Opening)
class OpeningAdmin(ReadOnly):
    """Orders. They are approved, refused and tried again at /operations/."""

    list_display = ("__str__", "code", "email", "applicant", "state", "requested_at")
    list_filter = ("state",)
    search_fields = ("email", "code", "slug", "name")
    inlines = (StepInline,)


@admin.register(Claim)
class ClaimAdmin(ReadOnly):
    """Objections. They are answered at /operations/, with a mail."""

    list_display = ("code", "applicant", "position", "state", "created_at")
    list_filter = ("state",)


@admin.register(GoLiveRequest)
class GoLiveAdmin(ReadOnly):
    """Requests to leave the sandbox. They are decided at /operations/, with a mail."""

    list_display = ("region", "by", "created_at", "approved", "decided_at")


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    """Releases the regions were made from."""

    list_display = ("__str__", "created_at")
    fields = ("fingerprint", "source", "migrations", "created_at")


@admin.register(RegionMove)
class RegionMoveAdmin(ReadOnly):
    """Regions on their way between cells; the command line moves them."""

    list_display = ("schema", "source", "target", "state", "paused_at", "resumed_at")
    list_filter = ("state", "source", "target")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators see all moves."""
        return bool(request.user.is_superuser)
