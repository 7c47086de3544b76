"""A cell: one PostgreSQL database that regions live in."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.cells import NAME


class Cell(models.Model):  # type: ignore[django-manager-missing]  # regions' base has no types
    """The main database is a row, too. The addresses are not here: see :mod:`tenants.cells`."""

    name = models.CharField(
        _("name"), max_length=20, unique=True, validators=[RegexValidator(NAME.pattern)]
    )
    capacity = models.PositiveIntegerField(_("capacity in regions"), default=1000)
    is_open = models.BooleanField(_("open for new regions"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        ordering = ["name"]

    def __str__(self) -> str:
        return str(self.name)
