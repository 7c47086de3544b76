"""Who heads an agency, by name and title."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeHolder(models.Model):
    """A person in an office.

    Without an agency it is one of the region's own leaders (mayor, regent). ``user_uuid`` names
    the account of the person, if there is one; it is no foreign key, an office outlives accounts.
    """

    agency = models.ForeignKey(
        "directory.Agency",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="office_holders",
        verbose_name=_("agency"),
    )
    title = models.CharField(_("title"), max_length=120)
    name = models.CharField(_("name"), max_length=120)
    user_uuid = models.UUIDField(_("account"), null=True, blank=True)

    class Meta:
        verbose_name = _("office-holder")
        verbose_name_plural = _("office-holders")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.title}: {self.name}"
