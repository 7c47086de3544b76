"""One line of the log."""

from typing import Any, Final, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

# Labels that the middleware and the actor's default write.
MACHINES: Final = {
    "system": _("System"),
    "visitor": _("Visitor"),
    "command line": _("Command line"),
}


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads; the two ways of rewriting history are closed here and, for regions, by PostgreSQL."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the audit log is append-only")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("the audit log is append-only")


class Entry(models.Model):
    """What was done; ``hash`` covers every field and the hash of the entry before."""

    seq = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    actor_uuid = models.UUIDField(_("actor's reference"), null=True)
    actor_label = models.CharField(_("actor"), max_length=120)
    action = models.CharField(_("action"), max_length=80)
    target = models.CharField(_("target"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; an entry that exists is never saved again."""
        if not self._state.adding:
            raise TypeError("the audit log is append-only")
        super().save(*args, force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the audit log is append-only")

    @property
    def actor(self) -> str:
        """Who it was, in the reader's language where it was no person."""
        return str(MACHINES.get(self.actor_label, self.actor_label))
