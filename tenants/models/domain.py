"""The host names a region answers to."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin


class DomainKind(models.TextChoices):
    """A name under the platform's apex, or the region's own."""

    PLATFORM = "platform", _("Platform address")
    OWN = "own", _("Own domain")


class Domain(DomainMixin):
    """A host name, normalised (``tenants.hosts.normalise``) and without a port.

    An own domain counts only once ``verified_at`` is set, after its TXT proof (I-04).
    """

    kind = models.CharField(
        _("kind"), max_length=8, choices=DomainKind, default=DomainKind.PLATFORM
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain=Lower("domain")),
                name="domain_lower_case",
            ),
        ]

    @property
    def is_trusted(self) -> bool:
        """Whether the region may be reached by it: a platform address, or a proven own one."""
        return self.kind == DomainKind.PLATFORM or self.verified_at is not None
