"""An import, how far it got, and the rows it could not take."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy


class ImportRun(models.Model):
    """One file on its way in. ``done`` rows are committed: a run that was cut off goes on there.

    ``columns`` are the file's headings, ``mapping`` says which of them (by place) each column of
    the importer is read from. ``position`` is the byte in the unfolded file behind the last row
    that is done. ``unknown`` holds values that lists did not know: {column: {text: how often}}.
    """

    class State(models.TextChoices):
        """Where it stands."""

        UPLOADED = "uploaded", pgettext_lazy("import", "Uploaded")
        CHECKING = "checking", pgettext_lazy("import", "Being checked")
        CHECKED = "checked", pgettext_lazy("import", "Checked")
        RUNNING = "running", pgettext_lazy("import", "Running")
        DONE = "done", pgettext_lazy("import", "Done")
        FAILED = "failed", pgettext_lazy("import", "Stopped by an error")
        CANCELLED = "cancelled", pgettext_lazy("import", "Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    name = models.CharField(_("file"), max_length=120)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    checked = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    position = models.PositiveBigIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    unknown = models.JSONField(default=dict)
    error = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def working(self) -> bool:
        """Whether a job is at it."""
        return self.state in (self.State.CHECKING, self.State.RUNNING)

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What people said unknown texts stand for: {column: {text: value}}."""
        chosen: dict[str, dict[str, str]] = self.options.get("values", {})
        return chosen

    @property
    def together(self) -> bool:
        """Whether it is all rows or none."""
        return bool(self.options.get("together"))


class RowError(models.Model):
    """Why a row was not taken; ``row`` is counted as a spreadsheet does, with the heading as 1.

    ``message`` is an English sentence with %(names)s for ``details``; see :attr:`text`.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="row_errors")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=80, blank=True)
    message = models.CharField(max_length=300)
    details = models.JSONField(default=dict)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["row", "id"]

    def __str__(self) -> str:
        return f"{self.row}: {self.message}"

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        details: dict[str, Any] = self.details
        return gettext(self.message) % details if details else gettext(self.message)
