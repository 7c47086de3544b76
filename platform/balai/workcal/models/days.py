"""The tables of a region's calendar: days off, and the hours its offices keep."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """One day on which the offices are closed.

    ``source`` names the decision behind it; a ``provisional`` date may still be moved by one.
    """

    class Kind(models.TextChoices):
        """Who decided on it."""

        NATIONAL = "national", _("National holiday")
        JOINT_LEAVE = "joint_leave", _("Joint leave")
        LOCAL = "local", _("Local holiday")

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LOCAL)
    provisional = models.BooleanField(_("date may still change"), default=False)
    source = models.CharField(_("decided by"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class WorkingHours(models.Model):
    """The one row of office hours; ``version`` is new after every change of the calendar.

    ``hours`` holds opening and closing time per weekday, Monday first: [["07:30", "16:00"], ...,
    null, null]; null is a day off.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    hours = models.JSONField(_("office hours"), default=list)
    version = models.UUIDField(_("version"), default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="working_hours_is_one_row")
        ]

    def __str__(self) -> str:
        return str(_("Office hours"))
