"""The kinds of problems of a region."""

from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

from modules.complaints import conf


class Category(models.Model):
    """A kind of problem. Two levels: groups (no parent) and what a citizen chooses.

    ``days`` 0 means as long as the region's settings say for its class: ask ``time_limit``.
    """

    class Klass(models.TextChoices):
        """Classes of KepmenPANRB 680/2020; each has its own time limit."""

        LIGHT = "light", _("Light")
        INFORMATION = "information", _("Information")
        NORMATIVE = "normative", _("Normative")
        NON_SUPERVISORY = "non_supervisory", _("Non-supervisory")
        SUPERVISORY = "supervisory", _("Supervisory")

    slug = models.SlugField(max_length=60, db_index=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    label_id = models.CharField(_("Indonesian name"), max_length=80)
    label_en = models.CharField(_("English name"), max_length=80)
    icon = models.CharField(_("icon"), max_length=40, default="circle-dot")
    klass = models.CharField(_("class"), max_length=20, choices=Klass, default=Klass.LIGHT)
    days = models.PositiveSmallIntegerField(_("working days"), default=5)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("agency"),
    )  # fmt: skip
    secret_default = models.BooleanField(_("never public"), default=False)
    featured = models.BooleanField(_("tile on the form"), default=False)
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (  # not unique=True: that would add a second index, for LIKE
            models.UniqueConstraint(fields=("slug",), name="complaints_category_slug"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def time_limit(self) -> int:
        """The working days an agency has after taking a case on: its own, or those of its class."""
        return self.days or conf.current().days_of(self.klass)

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        english = (get_language() or "id").startswith("en")
        return (self.label_en if english else self.label_id) or self.label_id
