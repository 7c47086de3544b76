"""What a call taker types about an emergency. Little is compulsory: the phone is still open."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from balai.directory.locate import locate
from balai.directory.models import Area
from balai.directory.selectors import areas_for_select
from balai.ui.forms import PinField
from modules.emergency import callers, scripts
from modules.emergency.models import Category, Incident
from modules.emergency.selectors import nearby
from modules.emergency.services.intake import Told
from modules.emergency.states import CallType, Channel, Source

if TYPE_CHECKING:
    from balai.accounts.models import User

# The panic button is no choice: its calls arrive by themselves.
CHANNELS: Final = [choice for choice in Channel.choices if choice[0] != Channel.PANIC]
COORDINATES: Final = re.compile(r"\s*(-?\d{1,2}[.,]\d+)\s*[,;\s]\s*(-?\d{1,3}[.,]\d+)\s*")
LONGEST_CALL: Final = timedelta(hours=24)


class CallForm(forms.Form):
    """An emergency as it is told."""

    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS, initial=Channel.CALL)
    number = forms.CharField(
        label=_("Caller's number"), max_length=30, required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("Category"), required=False, to_field_name="slug",
        error_messages={"invalid_choice": _("This category is not offered. Choose another.")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address"), max_length=255, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    landmark = forms.CharField(
        label=_("Landmark"), max_length=160, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Area"), required=False)
    coordinates = forms.CharField(
        label=_("Coordinates"), max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "-6.178, 106.630"}),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Position from"), required=False,
        choices=[("", _("Not known")), *Source.choices],
    )  # fmt: skip
    accuracy = forms.IntegerField(
        label=_("Accuracy (m)"), min_value=0, max_value=100_000, required=False
    )
    pin = PinField(label=_("Map"), required=False)
    casualties = forms.IntegerField(
        label=_("Casualties"), min_value=0, max_value=9999, required=False
    )
    hazards = forms.CharField(
        label=_("Hazards"), max_length=255, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What is happening"), max_length=3000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note on the call"), max_length=255, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    joins = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, categories: Sequence[Category], taker: "User", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.taker = taker
        self.offered = {category.slug: category for category in categories}
        field: Any = self.fields["category"]
        field.queryset = Category.objects.filter(active=True)
        area: Any = self.fields["area"]
        area.choices = [("", _("Not known")), *areas_for_select(with_districts=True)]

    def clean_coordinates(self) -> tuple[float, float] | None:
        """Return (latitude, longitude) as a handset or the caller's map gave them."""
        typed = self.cleaned_data["coordinates"]
        if not typed.strip():
            return None
        point = point_of(typed)
        if point is None:
            raise forms.ValidationError(_("Write latitude and longitude, such as -6.178, 106.630."))
        return point

    def clean_joins(self) -> Incident | None:
        """Return the incident that the caller means, or None."""
        wanted = self.cleaned_data["joins"]
        return Incident.objects.filter(uuid=wanted).first() if wanted else None

    def clean(self) -> dict[str, Any]:
        """Ask for a category, unless the call joins an incident that is still open."""
        data: dict[str, Any] = super().clean() or {}
        joins = data.get("joins")
        over = joins is not None and not joins.open and joins.merged_into_id is None
        hashed = callers.hashed(data.get("number", ""))
        if joins and not nearby.joinable(joins, taker=self.taker, caller_hash=hashed):
            data["joins"] = joins = None
        if over:
            data["joins"] = joins = None
        if not data.get("category") and joins is None and "category" not in self.errors:
            ended = _("The incident you chose has ended. Choose what it is about.")
            self.add_error("category", ended if over else _("Choose what it is about."))
        return data

    def told(self, *, key: uuid.UUID, answered_at: datetime) -> Told:
        """Return what was heard; only of a valid form."""
        data = self.cleaned_data
        pin = data["pin"] or data["coordinates"]
        area = Area.objects.filter(pk=data["area"]).first() if data["area"] else None
        category: Category | None = data["category"]
        return Told(
            key=key, kind=CallType.NORMAL, answered_at=answered_at, channel=data["channel"],
            number=data["number"], name=data["name"], note=data["note"], category=category,
            text=data["text"], address=data["address"], landmark=data["landmark"],
            area=area or (locate(*pin) if pin else None), pin=pin, accuracy=data["accuracy"],
            source=data["source"] or (Source.MAP if data["pin"] else Source.CALLER),
            casualties=data["casualties"] or 0, hazards=data["hazards"],
            answers=scripts.answers(category, self.data) if category else {},
            joins=data["joins"],
        )  # fmt: skip


def noise(
    typed: "MultiValueDict[str, str]", *, kind: str, key: uuid.UUID, answered_at: datetime
) -> Told:
    """Return a noise call. It is never refused: what is too long is cut, the rest not looked at."""

    def cut(name: str, most: int) -> str:
        return str(typed.get(name, "")).replace("\0", "").strip()[:most]

    channel = cut("channel", 8)
    return Told(
        key=key, kind=kind, answered_at=answered_at, number=cut("number", 30),
        channel=channel if channel in dict(CHANNELS) else Channel.CALL,
        name=cut("name", 120), note=cut("note", 255),
    )  # fmt: skip


def point_of(typed: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees of "-6.178, 106.630", or None."""
    found = COORDINATES.fullmatch(typed)
    if found is None:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def pin_of(typed: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the point that the map's two inputs hold, or None."""
    return point_of(f"{typed.get('pin_0', '')}, {typed.get('pin_1', '')}")


def answered_at(typed: "MultiValueDict[str, str]") -> datetime:
    """Return when a call was answered of whose form nothing is kept; now if that makes no sense."""
    now = timezone.now()
    try:
        said = datetime.fromisoformat(str(typed.get("answered", "")))
    except ValueError:
        return now
    if said.tzinfo is None:
        return now
    return said if now - LONGEST_CALL <= said <= now else now
