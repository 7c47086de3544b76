"""The consent ledger: who agreed to what, when, to which words, and when they took it back."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads and inserts; PostgreSQL refuses the rest to a region's role as well."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the consent ledger is append-only")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("the consent ledger is append-only")


class Consent(models.Model):
    """One act, never changed: the proof of article 24 outlives the account.

    ``who`` is a keyed hash of an opaque reference (:func:`balai.privacy.person.digest`): after an
    account has gone, the line names nobody. ``version`` is that of the text agreed to.
    """

    class Act(models.TextChoices):
        """What was done."""

        GIVEN = "given", pgettext_lazy("consent", "Given")
        WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")

    who = models.CharField(max_length=32)
    purpose = models.CharField(max_length=60)
    act = models.CharField(max_length=9, choices=Act)
    version = models.CharField(max_length=20)
    how = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("who", "purpose"), name="privacy_consent_who"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a line that exists is never saved again."""
        if not self._state.adding:
            raise TypeError("the consent ledger is append-only")
        super().save(*args, force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("the consent ledger is append-only")
