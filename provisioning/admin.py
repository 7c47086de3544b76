"""The operators' pages: orders to check, claims, requests to go live, releases."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from provisioning.billing import admin as billing  # noqa: F401  # Django looks for it here
from provisioning.golive import services as golive
from provisioning.models import (
    Claim,
    GoLiveRequest,
    LegalBasis,
    Opening,
    RegionMove,
    Release,
    Step,
)
from provisioning.opening import services as openings
from provisioning.opening.launch import launch
from provisioning.signup import services as signup
from provisioning.views.console import pdf


class ReadOnly(admin.ModelAdmin):
    """Rows that operators look at; what they do is an action."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody types these in."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are the record of what happened."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changes go through the actions, which are audited."""
        return False


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
    """Orders: those in review wait for a person."""

    list_display = ("__str__", "code", "email", "applicant", "state", "requested_at")
    list_filter = ("state",)
    search_fields = ("email", "code", "slug", "name")
    inlines = (StepInline,)
    actions = ("approve", "refuse", "retry")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators see all orders."""
        return bool(request.user.is_superuser)

    @admin.action(description=_("Approve: the office was telephoned, the site may be built"))
    def approve(self, request: HttpRequest, rows: QuerySet[Opening]) -> None:
        """Let the chosen orders go on."""
        for opening in rows:
            try:
                launch(signup.approve(opening))
            except ValidationError as error:
                self.message_user(request, f"{opening}: {' '.join(error.messages)}", messages.ERROR)

    @admin.action(description=_("Refuse: not entitled to open this region"))
    def refuse(self, request: HttpRequest, rows: QuerySet[Opening]) -> None:
        """Turn the chosen orders down."""
        for opening in rows:
            answer = _("We could not confirm that you act for the government of this region.")
            signup.refuse(opening, answer=str(answer))

    @admin.action(description=_("Try failed steps again"))
    def retry(self, request: HttpRequest, rows: QuerySet[Opening]) -> None:
        """Give the chosen openings their tries back."""
        for opening in rows:
            openings.retry(opening)
            opening.refresh_from_db()
            launch(opening)


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    """Objections: an operator writes the answer and sets the state."""

    list_display = ("code", "applicant", "position", "state", "created_at")
    list_filter = ("state",)
    readonly_fields = ("uuid", "code", "applicant", "position", "email", "phone", "statement",
                       "letter", "created_at")  # fmt: skip
    fields = (*readonly_fields, "state", "answer", "decided_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come in through the public page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are kept."""
        return False


class DecisionForm(forms.ModelForm):
    """Yes or no, with the answer the admins are mailed."""

    class Meta:
        model = GoLiveRequest
        fields = ["approved", "answer"]


@admin.register(GoLiveRequest)
class GoLiveAdmin(admin.ModelAdmin):
    """Requests to leave the sandbox."""

    form = DecisionForm
    list_display = ("region", "by", "created_at", "approved", "decided_at")
    readonly_fields = ("region", "by", "missing", "note", "documents", "created_at", "decided_at")
    fields = (*readonly_fields, "approved", "answer")

    def get_urls(self) -> list[URLPattern]:
        """Add the download of an uploaded document."""
        view = self.admin_site.admin_view(self.document)
        return [path("document/<int:pk>/", view, name="provisioning_document"), *super().get_urls()]

    def document(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Hand a document out to an operator."""
        return pdf(get_object_or_404(LegalBasis, pk=pk))

    @admin.display(description=_("legal basis"))
    def documents(self, row: GoLiveRequest) -> SafeString:
        """Link the region's agreements and decrees."""
        kept = LegalBasis.objects.filter(region_id=row.region_id)
        links = (
            (reverse("admin:provisioning_document", args=[item.pk]), str(item)) for item in kept
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links) or format_html("-")

    def has_change_permission(self, request: HttpRequest, obj: GoLiveRequest | None = None) -> bool:
        """A decided request is history."""
        return (obj is None or obj.decided_at is None) and super().has_change_permission(
            request, obj
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Admins ask from their console."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are kept."""
        return False

    def save_model(self, request: HttpRequest, obj: GoLiveRequest, form: Any, change: bool) -> None:
        """Decide through the domain function: state, audit, mail."""
        if obj.approved is not None:
            golive.decide(obj, approved=obj.approved, answer=obj.answer)


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


from provisioning.leaving import admin as leaving  # noqa: E402, F401  # its pages build on ReadOnly
