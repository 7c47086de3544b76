"""The operators' pages of exports, backups and erasures."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from balai.accounts.admin import ReadOnly
from provisioning.exports import services, tasks
from provisioning.models import Backup, Erasure, Export, Restore


@admin.register(Export)
class ExportAdmin(ReadOnly):
    """Exports: where a region has one admin, an operator is the second person."""

    list_display = ("region", "state", "asked_by", "asked_at", "decided_by", "finished_at")
    list_filter = ("state",)
    exclude = ("phrase", "salt", "worker")
    actions = ("allow",)

    @admin.action(description=_("Allow, in place of a second admin"))
    def allow(self, request: HttpRequest, queryset: QuerySet[Export]) -> None:
        """Allow the chosen ones, and have them made."""
        operator: Any = request.user
        for export in queryset:
            try:
                services.allow_as_operator(export, by=operator)
                tasks.run.delay(str(export.uuid))
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            except OperationalError:  # the sweeper sends it
                pass


@admin.register(Backup)
class BackupAdmin(ReadOnly):
    """Backups: made when, of what, tried with what success."""

    list_display = ("region", "made_at", "cause", "rows", "bytes", "seconds", "tried_at", "trouble")
    list_filter = ("cause",)
    search_fields = ("region__slug", "region__name")


@admin.register(Restore)
class RestoreAdmin(ReadOnly):
    """Restores, open and done."""

    list_display = ("region", "state", "source", "by", "loaded_at", "switched_at", "ended_at")
    list_filter = ("state",)


@admin.register(Erasure)
class ErasureAdmin(ReadOnly):
    """Closed regions: held until when, erased how far."""

    list_display = ("region", "schema", "closed_at", "due_at", "key_erased_at", "finished_at",
                    "error")  # fmt: skip
