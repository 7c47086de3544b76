"""What editors fill in. Times are typed in the region's own zone."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.directory.models import Agency
from modules.news.selectors import places
from modules.news.services.writing import Content
from modules.news.states import Kind, Verdict

MINUTES = "%Y-%m-%dT%H:%M"
OF_KIND = {
    Kind.EVENT: ("starts_at", "ends_at", "place"),
    Kind.HOAX: ("claim", "verdict", "evidence_url"),
    Kind.EPAPER: ("document",),
}
"""The fields that only articles of one kind have."""
PICTURES = ("jpg", "jpeg", "png", "webp", "heic", "heif")


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MINUTES)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MINUTES], **options)


class ArticleForm(forms.Form):
    """An article of one kind; ``user`` decides which agencies it may speak for."""

    title = forms.CharField(
        label=pgettext_lazy("article", "Title"), max_length=160,
        help_text=_("What happened, in one line. It also stands in search results and messages."),
    )  # fmt: skip
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("One or two sentences that stand below the title and in lists."),
    )  # fmt: skip
    claim = forms.CharField(
        label=_("What is claimed"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In the words in which it goes around, without repeating the pictures."),
    )  # fmt: skip
    verdict = forms.ChoiceField(
        label=_("What we found"), required=False, choices=[("", "–"), *Verdict.choices]
    )
    evidence_url = forms.URLField(
        label=_("Link to the evidence"), max_length=500, required=False, assume_scheme="https",
        help_text=_("A source that everybody can open: a press release, turnbackhoax.id."),
    )  # fmt: skip
    starts_at = _moment(_("Begins"), required=False)
    ends_at = _moment(_("Ends"), required=False)
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    document = forms.FileField(
        label=_("PDF of the e-paper"), required=False,
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        validators=[FileExtensionValidator(["pdf"], _("Only a PDF."))],
        help_text=_("At most 25 MB, without a password, scripts or forms."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), max_length=30_000, required=False,
        widget=forms.Textarea({"rows": 16, "data-markup": ""}),
        error_messages={
            "max_length": _("The text has %(show_value)d letters; at most %(limit_value)d fit.")
        },
        help_text=_("At most 30,000 letters, some ten pages. A longer one is better a PDF."),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("In the name of"), required=False
    )
    expires_at = _moment(
        _("Hides itself at"), required=False,
        help_text=_("Empty: it stays. Announcements that end on a day should say so here."),
    )  # fmt: skip
    areas = forms.MultipleChoiceField(label=_("For whom"), required=False)
    lead = forms.BooleanField(
        label=_("Keep on top of the front page"), required=False,
        help_text=_("Until another one is chosen, for two months at most."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.of_kind, self.districts = kind, places.districts()
        _never_cut(self)
        self.fields["areas"].choices = list(_codes(self.districts))  # type: ignore[attr-defined]  # a choice field
        offered, whole = places.agencies(user), places.for_the_city(user)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(pk__in=[row.pk for row in offered])
        agency.choices = [("", _("The city"))] if whole else []
        agency.choices += [(str(row.pk), row.name) for row in offered]
        agency.required = not whole
        self._drop_other_kinds(kind)

    def _drop_other_kinds(self, kind: str) -> None:
        for other, names in OF_KIND.items():
            for name in names if other != kind else ():
                del self.fields[name]
        if kind != Kind.NEWS:
            del self.fields["lead"]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its beginning."""
        told: dict[str, Any] = super().clean() or {}
        starts, ends = told.get("starts_at"), told.get("ends_at")
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("It ends before it begins."))
        return told

    def content(self) -> Content:
        """Return what was filled in; fields of other kinds are empty.

        Browsers send lines ended by CR LF, which would differ from what stands there already.
        """
        names = asdict(Content(title=""))
        told: dict[str, Any] = {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name in names
        }
        return Content(**{**told, "areas": tuple(sorted(told.get("areas", ())))})

    @property
    def own_fields(self) -> Iterator[tuple[forms.BoundField, bool]]:
        """The fields that only this kind has, except an upload, and whether each may stay empty:
        a draft may lack any of them, a review asks for most (``workflow.lacking``).
        """
        names = (name for name in OF_KIND.get(Kind(self.of_kind), ()) if name != "document")
        return ((self[name], name == "ends_at") for name in names)

    @property
    def text_optional(self) -> bool:
        """Whether an article of this kind does without a text."""
        return self.of_kind == Kind.EPAPER

    @property
    def open_districts(self) -> set[str]:
        """The codes of kecamatan that have something ticked."""
        return {code[:8] for code in self.chosen_areas}

    @property
    def chosen_areas(self) -> set[str]:
        """The codes that are ticked."""
        return set(map(str, self["areas"].value() or ()))


class CorrectForm(ArticleForm):
    """A change of what is out, with the note that readers see. The kind stays."""

    note = forms.CharField(
        label=_("What was corrected"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Everybody reads this below the article: “The opening hours were wrong.”"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields.pop("document", None)
        self.fields.pop("lead", None)
        self.fields.pop("agency", None)


class _PictureWords(forms.Form):
    """What is told of a picture."""

    alt = forms.CharField(
        label=_("What it shows"), max_length=250,
        error_messages={"required": _("Say what the picture shows.")},
        help_text=_("For who cannot see it: “Two workers fill a hole in Jalan Merdeka.”"),
    )  # fmt: skip
    caption = forms.CharField(label=_("Caption"), max_length=250, required=False)
    credit = forms.CharField(
        label=pgettext_lazy("picture", "Credit"), max_length=120, required=False,
        help_text=_("Who took it: “Diskominfo”."),
    )  # fmt: skip


class PictureForm(_PictureWords):
    """A new picture with its words."""

    picture = forms.FileField(
        label=_("Picture"), widget=forms.FileInput({"accept": "image/*"}),
        error_messages={"required": _("Choose a picture.")},
        validators=[FileExtensionValidator(PICTURES, _("Only photos: JPEG, PNG, WebP or HEIC."))],
        help_text=_("At most 10 MB. Place, time and camera in the file are dropped."),
    )  # fmt: skip
    field_order = ("picture", "alt", "caption", "credit")


class PictureWordsForm(_PictureWords):
    """The words of a picture that is kept already."""

    cover = forms.BooleanField(
        label=_("Use as the main picture"), required=False,
        help_text=_("It stands above the text, in lists and in shared links."),
    )  # fmt: skip


class ReturnForm(forms.Form):
    """Why an article goes back to its author."""

    note = forms.CharField(
        label=_("What should be changed"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _never_cut(self)


class ScheduleForm(forms.Form):
    """When an article goes out."""

    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        label=_("Publish"), widget=forms.RadioSelect, initial=NOW,
        choices=[(NOW, _("Now")), (LATER, _("At this time"))],
    )  # fmt: skip
    publish_at = _moment(_("Day and time"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a time ahead where one was promised."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("when") == self.NOW:
            told["publish_at"] = None
        elif not told.get("publish_at"):
            self.add_error("publish_at", _("Choose day and time."))
        elif told["publish_at"] <= timezone.now():
            self.add_error("publish_at", _("This time has passed. Choose a later one, or “Now”."))
        return told


class ApproveForm(ScheduleForm):
    """When it goes out, and what was read: words and pictures as they stood at ``seen``."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_seen(self) -> datetime:
        """Return the moment of the last change that the page showed."""
        try:
            moment = parse_datetime(str(self.cleaned_data["seen"]))
        except ValueError:
            moment = None
        if moment is None or timezone.is_naive(moment):
            raise forms.ValidationError(_("Load the page again and look once more."))
        return moment


def typed(value: Any) -> list[str]:
    """Return a value of ``Content`` as a browser would send it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, datetime):
        return [f"{timezone.localtime(value):{MINUTES}}"]
    return ["" if value is None else str(value)]


def uploaded(form: forms.Form, name: str) -> "UploadedFile[Any] | None":
    """Return the file of a valid form's field, or None."""
    found: UploadedFile[Any] | None = form.cleaned_data.get(name)
    return found


def _never_cut(form: forms.Form) -> None:
    """Let long texts be pasted whole: a browser cuts what is too long without a word, the form
    says how much too long it is and keeps it.
    """
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.pop("maxlength", None)


def _codes(districts: list[places.District]) -> Iterator[tuple[str, str]]:
    for district in districts:
        yield district.code, district.name
        yield from district.villages
