"""Citizens' forms: a report in half a minute, a word to the officers, following by number."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MinLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.directory.models import Area
from balai.ui.fields import RichLabel
from balai.ui.forms import OwnPositionInput, PhotosField, PinField
from balai.words import word
from modules.complaints.models import Category, Complaint, Contact
from modules.complaints.selectors import areas, categories
from modules.complaints.services.intake import Draft
from modules.complaints.services.photos import MAX_PHOTOS
from modules.complaints.settings_form import SettingsForm

__all__ = ["ReopenForm", "ReplyForm", "ReportForm", "SettingsForm", "TrackForm"]

OTHER = "other"
MIN_TEXT = 20
PHONE = RegexValidator(
    r"^\+?[0-9 ()\-]{8,20}\Z", _("Write a phone number, such as 0812 3456 7890.")
)
IDENTITIES = (
    (
        Complaint.Identity.SECRET,
        RichLabel(
            pgettext_lazy("identity", "Secret"),
            _("Only the coordinator knows who you are. The agency and other citizens do not."),
            "lock",
        ),
    ),
    (
        Complaint.Identity.ANONYMOUS,
        RichLabel(
            pgettext_lazy("identity", "Without a name"),
            _("Nothing about you is stored. Keep the report's number to follow it."),
            "eye-off",
        ),
    ),
    (
        Complaint.Identity.NAMED,
        RichLabel(
            pgettext_lazy("identity", "Open"),
            _("The agency that helps you sees your name. Other citizens do not."),
            "user",
        ),
    ),
)


def text_field(label: Any, *, least: int = 3, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a text area; ``least`` is the number of letters below which nobody understands."""
    words = _("Write at least %(limit_value)d letters.")
    return forms.CharField(
        label=label,
        max_length=3000,
        widget=forms.Textarea({"rows": rows}),
        validators=[MinLengthValidator(least, words)],
        **options,
    )


class ReportForm(forms.Form):
    """Everything on one page; only kind, story and place are required."""

    photos = PhotosField(label=_("Photos"), required=False, max_count=MAX_PHOTOS)
    category = forms.ChoiceField(
        label=_("Kind of problem"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of problem.")},
    )  # fmt: skip
    other_category = forms.ChoiceField(
        label=_("All kinds"), error_messages={"required": _("Choose the kind of problem.")}
    )
    text = text_field(
        _("Tell it in short"), least=MIN_TEXT,
        help_text=_("What, since when, who is bothered. At least 20 letters."),
        error_messages={"required": _("Tell it, in at least 20 letters.")},
    )  # fmt: skip
    pin = PinField(label=_("Point on the map"), required=False)
    district = forms.ChoiceField(
        label=_("Kecamatan"),
        error_messages={"required": _("Put the pin on the map or choose the kecamatan.")},
    )
    village = forms.ChoiceField(label=_("Kelurahan or desa"), required=False)
    landmark = forms.CharField(
        label=_("Landmark"), required=False, max_length=160,
        widget=forms.TextInput({"placeholder": _("Near the Indomaret, opposite the mosque")}),
    )  # fmt: skip
    identity = forms.ChoiceField(
        label=_("Your name"), choices=IDENTITIES, widget=forms.RadioSelect,
        initial=Complaint.Identity.SECRET,
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=20, validators=[PHONE],
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    prefers = forms.ChoiceField(label=_("How shall we write?"), required=False)
    own = PinField(required=False, widget=OwnPositionInput())
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Complaint.Kind.choices, initial=Complaint.Kind.COMPLAINT
    )
    secret = forms.BooleanField(label=_("Do not show this report to the public"), required=False)

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_in = signed_in
        self.outside = False
        self.groups = categories.groups()
        self.areas = areas.districts()
        self._offer_categories()
        self._offer_areas()
        self._offer_ways()

    def _offer_categories(self) -> None:
        tiles = categories.tiles(self.groups)
        every = sum(len(group.choices) for group in self.groups)
        rest = RichLabel(_("Something else, %(n)d kinds") % {"n": every}, icon="ellipsis")
        shown = [(str(tile.pk), RichLabel(tile.label, icon=tile.icon)) for tile in tiles]
        self._offer("category", [*shown, (OTHER, rest)])
        grouped = [
            (group.category.label, [(str(item.pk), item.label) for item in group.choices])
            for group in self.groups
        ]
        self._offer("other_category", [("", _("Choose a kind")), *grouped])

    def _offer_areas(self) -> None:
        self.fields["district"].label = str(word("district", _("Kecamatan")))
        self.fields["village"].label = str(word("village", _("Kelurahan or desa")))
        named = [(str(area.pk), area.name) for area in self.areas]
        self._offer("district", [("", _("Choose the kecamatan")), *named])
        chosen = str(self["district"].value() or "")
        offered = areas.villages(int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else []
        self.villages = {str(area.pk): area for area in offered}
        inside = [(key, area.name) for key, area in self.villages.items()]
        self._offer("village", [("", _("Choose the kelurahan or desa")), *inside])

    def _offer_ways(self) -> None:
        ways = [way for way in Contact.Way.choices if settings.NOTIFY_CHANNELS.get(way[0])]
        self._offer("prefers", [("", _("By every address I left")), *ways])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Put kind and place together; say what is missing in the words of the form."""
        data = super().clean() or {}
        data["chosen"] = self._category(data)
        data["where"] = self._area(data)
        anonymous = data.get("identity") == Complaint.Identity.ANONYMOUS
        named = data.get("identity") == Complaint.Identity.NAMED
        if named and not self.signed_in and not data.get("name"):
            self.add_error("name", _("Write your name, or choose to send it secretly."))
        if anonymous:
            data.update(name="", email="", phone="", prefers="", own=None)
        self._check_way(data)
        return data

    def _check_way(self, data: dict[str, Any]) -> None:
        """The chosen way needs its address; the account's is known."""
        way = data.get("prefers")
        if way == Contact.Way.EMAIL and not data.get("email"):
            self.add_error("email", _("Write your e-mail address, or choose another way."))
        elif way in (Contact.Way.SMS, Contact.Way.WHATSAPP) and not data.get("phone"):
            self.add_error("phone", _("Write your phone number, or choose another way."))

    def _category(self, data: dict[str, Any]) -> Category | None:
        key = data.get("category")
        if key == OTHER:
            key = data.get("other_category")
        else:
            self.errors.pop("other_category", None)
        every = {str(item.pk): item for group in self.groups for item in group.choices}
        return every.get(key or "")

    def _area(self, data: dict[str, Any]) -> Area | None:
        pin = data.get("pin")
        village = self.villages.get(data.get("village") or "")
        district = next((a for a in self.areas if str(a.pk) == data.get("district")), None)
        if pin:
            self.errors.pop("district", None)
            place = areas.locate(pin)
            if place.outside:
                self.outside = True
                self.add_error("pin", place.words)
            return place.area or village or district
        return village or district

    def draft(self, language: str) -> Draft:
        """Return what was told, for the service."""
        data = self.cleaned_data
        plain = ("text", "identity", "kind", "landmark", "pin", "secret", "name", "email", "phone",
                 "prefers", "own")  # fmt: skip
        return Draft(
            category=data["chosen"], area=data["where"], language=language,
            **{name: data[name] for name in plain},
        )  # fmt: skip


class TrackForm(forms.Form):
    """Number and secret, as the receipt showed them."""

    number = forms.CharField(
        label=_("Report number"), max_length=30,
        widget=forms.TextInput({"placeholder": "TNG-26-004217", "autocomplete": "off"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Secret word"), max_length=20,
        widget=forms.TextInput({"placeholder": "K7M4-Q2XD", "autocomplete": "off"}),
    )  # fmt: skip


class ReplyForm(forms.Form):
    """The reporter writes to the officers, perhaps with more photos."""

    text = text_field(_("Your message"))
    photos = PhotosField(label=_("Photos"), required=False, max_count=MAX_PHOTOS)


class ReopenForm(forms.Form):
    """Why it is not mended."""

    text = text_field(_("What is still wrong?"))
    photos = PhotosField(label=_("Photos"), required=False, max_count=MAX_PHOTOS)
