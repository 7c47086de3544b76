"""Kinds of emergencies, with the questions that a call taker asks, and the codes that end one."""

from django.db import models
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy


def _label(row: "Category | Outcome") -> str:
    english = (get_language() or "id").startswith("en")
    return (row.label_en if english else row.label_id) or row.label_id


class Category(models.Model):
    """A kind of emergency.

    ``script`` is a list of {"key", "id", "en", "kind"}: the questions, ``kind`` being "yes_no",
    "number" or "text". ``units`` names the kinds of units that fit, the best first.
    ``target_minutes`` is how soon somebody should be there. ``sealed`` hides what was told from
    all but those who are let in.
    """

    class Urgency(models.TextChoices):
        """How fast; it orders the board."""

        LIFE = "life", pgettext_lazy("urgency", "Life in danger")
        HIGH = "high", pgettext_lazy("urgency", "Urgent")
        NORMAL = "normal", pgettext_lazy("urgency", "Can wait a little")

    slug = models.SlugField(max_length=40, db_index=False)
    label_id = models.CharField(_("Indonesian name"), max_length=80)
    label_en = models.CharField(_("English name"), max_length=80)
    icon = models.CharField(_("icon"), max_length=40, default="siren")
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency, default=Urgency.HIGH)
    target_minutes = models.PositiveSmallIntegerField(_("minutes until on scene"), default=15)
    units = models.JSONField(_("kinds of units"), default=list)
    script = models.JSONField(_("questions"), default=list)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("agency"),
    )  # fmt: skip
    sealed = models.BooleanField(_("sealed"), default=False)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("slug",), name="emergency_category_slug"),)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return _label(self)


class Outcome(models.Model):
    """How an incident ended; one is compulsory to close it."""

    code = models.SlugField(max_length=40, db_index=False)
    label_id = models.CharField(_("Indonesian name"), max_length=80)
    label_en = models.CharField(_("English name"), max_length=80)
    real = models.BooleanField(_("somebody needed help"), default=True)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("code",), name="emergency_outcome_code"),)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return _label(self)
