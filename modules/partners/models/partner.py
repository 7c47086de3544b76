"""Institutions, what was agreed with them, who works there, and what they get by themselves."""

import uuid
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.ui.status import Status
from modules.partners.states import STANDINGS, Standing

ENDS_SOON: Final = timedelta(days=30)


class Partner(models.Model):
    """An institution that is no agency of the region.

    ``api_key`` is the program it may call the API with; a new one takes its place.
    """

    class Kind(models.TextChoices):
        """Whose it is."""

        VERTICAL = "vertical", pgettext_lazy("partner", "National body")
        PROVINCE = "province", pgettext_lazy("partner", "Province")
        UTILITY = "utility", pgettext_lazy("partner", "State or city company")
        COMMISSION = "commission", pgettext_lazy("partner", "Commission")
        NGO = "ngo", pgettext_lazy("partner", "Civil society")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=40, db_index=False)
    short_name = models.CharField(_("short name"), max_length=40)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    tasks = models.CharField(_("what it does"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    sample = models.BooleanField(default=False)
    api_key = models.ForeignKey(
        "api.ApiKey", models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("short_name", "id")
        constraints = (models.UniqueConstraint(fields=("slug",), name="partners_partner_slug"),)

    def __str__(self) -> str:
        return self.short_name


class Cooperation(models.Model):
    """What was agreed: by which paper, for what, about which cases, until when.

    ``categories`` is {source: [slugs]}, a source being a module whose cases are shared; ``areas``
    are codes of kecamatan, none meaning all; ``fields`` is {source: [keys]}: nothing else of a
    case is ever told. Both days belong to it. ``contacts`` are dicts of name, post, email, phone.
    """

    class Basis(models.TextChoices):
        """The paper it stands on."""

        MOU = "mou", _("Memorandum of understanding (MoU)")
        PKS = "pks", _("Co-operation agreement (PKS)")
        LAW = "law", _("Law or regulation")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="cooperations")
    basis = models.CharField(_("legal basis"), max_length=3, choices=Basis, default=Basis.PKS)
    number = models.CharField(_("its number"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    purpose = models.TextField(_("purpose"), max_length=600)
    categories = models.JSONField(default=dict)
    areas = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    acknowledge_days = models.PositiveSmallIntegerField(_("days to acknowledge"), default=1)
    contacts = models.JSONField(default=list)
    document_key = models.UUIDField(null=True)
    document_name = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=255, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-ends_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="partners_cooperation_span",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def standing(self, today: date | None = None) -> Standing:
        """Return whether it lets anything be shared on ``today``, by default this day here."""
        today = today or timezone.localdate()
        if self.ended_at is not None or self.ends_on < today:
            return Standing.OVER
        if self.starts_on > today:
            return Standing.COMING
        return Standing.ENDING if self.ends_on - today < ENDS_SOON else Standing.LIVE

    @property
    def status(self) -> Status:
        """Colour, icon and word of where it stands today."""
        return STANDINGS[self.standing()]

    @property
    def live(self) -> bool:
        """Whether it is in force today; the partner itself must be in use as well."""
        return self.standing() in (Standing.LIVE, Standing.ENDING)


class Seat(models.Model):
    """Somebody who works for a partner, with an account of the region.

    ``until`` is the last day of somebody with a platform account (``Delegate``); None for as long
    as there is a co-operation.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="seats", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("partner", "user"), name="partners_seat_once"),
        )


class SharingRule(models.Model):
    """Which cases of a source a partner gets by itself, within its co-operation.

    ``areas`` are codes of kecamatan, none meaning all that the co-operation covers.
    """

    class Moment(models.TextChoices):
        """When."""

        ARRIVED = "arrived", pgettext_lazy("rule", "As soon as it comes in")
        CHECKED = "checked", pgettext_lazy("rule", "Once the city has checked it")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cooperation = models.ForeignKey(Cooperation, models.CASCADE, related_name="rules")
    source = models.SlugField(max_length=40, db_index=False)
    categories = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    moment = models.CharField(
        _("when"), max_length=8, choices=Moment, default=Moment.CHECKED
    )  # fmt: skip
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("id",)
