"""What lines of a budget are headed by: agencies, programmes, activities, accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from modules.budget.states import Kind


class Heading(models.Model):
    """A name with its code by Permendagri 90/2019. ``key`` is what addresses call it.

    Programmes and activities of files without codes are known by their name; their key is made
    of it. ``agency`` links an agency of the budget (SKPD) to the directory.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=9, choices=Kind)
    key = models.CharField(max_length=60)
    code = models.CharField(_("code"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("agency of the directory"),
    )  # fmt: skip

    class Meta:
        ordering = ("kind", "key")
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="budget_heading_once"),)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name, or the code of what nobody named."""
        return self.name or self.code
