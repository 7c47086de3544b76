"""What only the AK/I card shows of a person: sealed as one, never a column, never an employer's."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai import secrets

PURPOSE: Final = "jobs.card"


class Gender(TextChoices):
    """As on the KTP."""

    MALE = "L", pgettext_lazy("person", "Male")
    FEMALE = "P", pgettext_lazy("person", "Female")


class Religion(TextChoices):
    """As on the KTP; beliefs since the Constitutional Court's decision 97/PUU-XIV/2016."""

    ISLAM = "islam", _("Islam")
    PROTESTANT = "kristen", _("Christian (Protestant)")
    CATHOLIC = "katolik", _("Catholic")
    HINDU = "hindu", _("Hindu")
    BUDDHIST = "buddha", _("Buddhist")
    CONFUCIAN = "khonghucu", _("Confucian")
    BELIEF = "kepercayaan", _("Belief in the One God")


class Marital(TextChoices):
    """As on the KTP."""

    SINGLE = "belum_kawin", _("Not married")
    MARRIED = "kawin", _("Married")
    DIVORCED = "cerai_hidup", _("Divorced")
    WIDOWED = "cerai_mati", _("Widowed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The second page of the card, and what else its form asks for.

    ``height`` in cm and ``weight`` in kg, None when not told. ``schools`` are rows
    ``{"level", "school", "since", "year", "grade"}``, the latest first; ``training`` is one course
    a line. Not printed: ``work`` ``{"role", "place", "since", "until"}``, ``languages``
    ``{"name", "level"}``, and ``wanted``, the positions somebody looks for.
    """

    birth_place: str
    birth_date: date
    gender: str
    marital: str
    religion: str
    address: str
    phone: str = ""
    height: int | None = None
    weight: int | None = None
    schools: list[dict[str, str | int | None]] = field(default_factory=list)
    training: list[str] = field(default_factory=list)
    work: list[dict[str, str | int | None]] = field(default_factory=list)
    languages: list[dict[str, str]] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)


def seal(identity: Identity) -> bytes:
    """Return it encrypted for this region."""
    told = {**asdict(identity), "birth_date": identity.birth_date.isoformat()}
    return secrets.seal(json.dumps(told), purpose=PURPOSE)


def unseal(sealed: bytes | memoryview) -> Identity | None:
    """Return what was sealed, None once it has been forgotten."""
    if not sealed:
        return None
    told = json.loads(secrets.unseal(sealed, purpose=PURPOSE))
    return Identity(**{**told, "birth_date": date.fromisoformat(told["birth_date"])})
