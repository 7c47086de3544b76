"""The AK/I card (Kartu Tanda Bukti Pendaftaran Pencari Kerja, the "yellow card")."""

from datetime import date

from django.conf import settings
from django.db import models

from balai.ui.status import Status
from modules.jobs.choices import Education
from modules.jobs.models.base import Storied
from modules.jobs.states import CardState, Standing, status


class Card(Storied):
    """One registration as a seeker: valid two years, with a report every six months.

    ``nik`` is sealed (purpose ``jobs.nik``), ``nik_digest`` its keyed hash: a person has one live
    card. ``sealed`` holds everything else that only the card shows (:mod:`modules.jobs.identity`).
    All three are empty once the time to keep them is over. ``reports`` are the days on which the
    holder reported (ISO 8601); ``next_report_on`` is when the next one is due, or the renewal
    (then it equals ``expires_on``), and ``reminded`` how many of its reminders are written.
    ``papers`` names the stored photos: ``{"photo": uuid, "ktp": uuid, ...}``.
    """

    number = models.CharField(max_length=24, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    nik = models.BinaryField()
    nik_digest = models.BinaryField(max_length=16)
    sealed = models.BinaryField()
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    education = models.PositiveSmallIntegerField(choices=Education)
    papers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=CardState, default=CardState.APPLIED)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    reports = models.JSONField(default=list)
    next_report_on = models.DateField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    sample = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("state", "due_at"), name="jobs_card_state_due"),
            models.Index(
                fields=("next_report_on",),
                condition=models.Q(next_report_on__isnull=False),
                name="jobs_card_next_report",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("nik_digest",),
                condition=models.Q(state__in=("applied", "returned", "checked", "issued")),
                name="jobs_card_one_live",
            ),
            models.UniqueConstraint(
                fields=("number",), condition=~models.Q(number=""), name="jobs_card_number"
            ),
        )

    def __str__(self) -> str:
        return self.number or str(self.uuid)

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return status(CardState(self.state))

    @property
    def is_printable(self) -> bool:
        """Whether it can be printed: what it says was checked, and it has not ended.

        A renewal holds new data under the old number until the office has looked at them.
        """
        return self.state in (CardState.ISSUED, CardState.EMPLOYED)

    def standing(self, today: date) -> Standing | None:
        """Return what the card is worth to whoever is shown it; None before its first issue.

        It is read from the dates: a card that is being renewed is good until its last day.
        """
        if self.expires_on is None:
            return None
        if self.state == CardState.EMPLOYED:
            return Standing.EMPLOYED
        return Standing.VALID if today <= self.expires_on else Standing.EXPIRED

    @property
    def renewal_due(self) -> bool:
        """Whether what comes next is the renewal: the reports of this period are over."""
        return self.next_report_on is not None and self.next_report_on == self.expires_on
