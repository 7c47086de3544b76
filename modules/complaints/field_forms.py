"""The camera page's form: what was done, and up to three photos with what the phone said."""

import math
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from modules.complaints.forms import text_field
from modules.complaints.services.shots import Shot

SLOTS = (1, 2, 3)


class EvidenceForm(forms.Form):
    """Each photo has hidden fields beside it: ``nonce_1 taken_1 lat_1 lng_1 acc_1``.

    A hidden field with nonsense counts as missing: a flag tells the validator, and no officer
    loses a photo to a phone's quirk.
    """

    text = text_field(_("What was done?"), rows=3)

    def shots(self) -> list[Shot]:
        """Return the photos that were sent."""
        return list(self._shots())

    def _shots(self) -> Iterator[Shot]:
        for slot in SLOTS:
            upload = self.files.get(f"photo_{slot}")
            if upload is not None:
                yield Shot(
                    upload,
                    nonce=_nonce(self._said("nonce", slot)),
                    captured_at=_moment(self._said("taken", slot)),
                    position=_position(self._said("lat", slot), self._said("lng", slot)),
                    accuracy=_number(self._said("acc", slot), 0, 100_000),
                )

    def _said(self, name: str, slot: int) -> str:
        value: Any = self.data.get(f"{name}_{slot}", "")
        return str(value)[:64]


def _nonce(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None


def _position(latitude: str, longitude: str) -> tuple[float, float] | None:
    north, east = _number(latitude, -90, 90), _number(longitude, -180, 180)
    return (north, east) if north is not None and east is not None else None


def _number(text: str, least: float, most: float) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and least <= number <= most else None
