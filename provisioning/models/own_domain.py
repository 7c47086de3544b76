"""A region's own domain: its proof by TXT record, and how the last checks went."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnDomain(models.Model):
    """A domain that a region says is its own (I-04).

    It is the region's once proved: then ``tenants.Domain`` has a row of the same name, and visitors
    are answered there while that row's ``verified_at`` is set. Unproved names may be claimed
    by several regions at once, so that nobody can block a name that is not theirs.
    """

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("domain"), max_length=253)
    token = models.CharField(max_length=43, editable=False)  # one for all names of a region
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.CharField(_("added by"), max_length=120)
    proved_at = models.DateTimeField(_("first proved at"), null=True)
    checked_at = models.DateTimeField(_("last checked at"), null=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    problem = models.CharField(_("problem"), max_length=20, blank=True)
    points_here = models.BooleanField(_("points to this platform"), default=False)
    https_seen_at = models.DateTimeField(_("last seen by HTTPS"), null=True)

    class Meta:
        verbose_name = _("own domain")
        verbose_name_plural = _("own domains")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="own_domain_unique"),
        ]

    def __str__(self) -> str:
        return str(self.name)
