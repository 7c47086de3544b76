"""Form fields that Django lacks: photographs and a point on a map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _, ngettext

PHOTO_TYPES = ("jpg", "jpeg", "png", "webp", "heic", "heif")


class PhotosInput(forms.FileInput):
    """Several photographs from camera or gallery; ``photos.js`` shows and shrinks them."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"multiple": True, "accept": "image/*", "data-photos": "", **(attrs or {})}
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """Return every file sent under ``name``."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class PhotosField(forms.FileField):
    """Cleans to a list of uploads. Their content is checked by ``balai.files`` when stored."""

    widget = PhotosInput

    def __init__(self, *, max_count: int = 5, max_megabytes: int = 10, **options: Any) -> None:
        self.max_count, self.max_megabytes = max_count, max_megabytes
        super().__init__(**options)
        self.widget.attrs.update({"data-max": max_count, "data-max-mb": max_megabytes})

    def clean(self, data: Sequence[UploadedFile] | None, initial: Any = None) -> list[UploadedFile]:
        """Return the uploads. Raises ValidationError for too many, too large, no photographs."""
        uploads = [super(PhotosField, self).clean(item) for item in data or []]
        if self.required and not uploads:
            raise forms.ValidationError(_("Add at least one photo."), code="required")
        if len(uploads) > self.max_count:
            raise forms.ValidationError(
                ngettext(
                    "At most %(n)s photo fits.", "At most %(n)s photos fit.", self.max_count
                ) % {"n": self.max_count},
                code="too_many",
            )  # fmt: skip
        for upload in uploads:
            self._check(upload)
        return uploads

    def _check(self, upload: UploadedFile) -> None:
        FileExtensionValidator(PHOTO_TYPES, _("Only photos: JPEG, PNG, WebP or HEIC."))(upload)
        if (upload.size or 0) > self.max_megabytes * 1024 * 1024:
            raise forms.ValidationError(
                _("A photo may have at most %(n)s MB.") % {"n": self.max_megabytes},
                code="too_large",
            )


class PinField(forms.MultiValueField):
    """A point: latitude and longitude in decimal degrees, or None when nobody set it."""

    def __init__(self, **options: Any) -> None:
        parts = (
            forms.FloatField(min_value=-90, max_value=90, required=False),
            forms.FloatField(min_value=-180, max_value=180, required=False),
        )
        options.setdefault("widget", PinInput())
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, values: list[float | None]) -> tuple[float, float] | None:
        """Return (latitude, longitude); half a point counts as none."""
        if len(values) == 2 and values[0] is not None and values[1] is not None:
            return values[0], values[1]
        return None


class PinInput(forms.MultiWidget):
    """Two hidden inputs; ``{% field form.pin %}`` puts the map of ``pin.js`` before them.

    Without JavaScript there is no map: a form that has a pin also has a select for the area.
    """

    is_hidden = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__((forms.HiddenInput(), forms.HiddenInput()), attrs)

    def decompress(self, value: tuple[float, float] | None) -> list[float | None]:
        """Split a stored point for the two inputs."""
        return list(value) if value else [None, None]


class OwnPositionInput(PinInput):
    """Where the person stands: filled by ``pin.js`` when they press "My position", never shown."""

    is_hidden = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Mark the two inputs for the script."""
        context = super().get_context(name, value, attrs)
        for part, which in zip(
            context["widget"]["subwidgets"], ("latitude", "longitude"), strict=True
        ):
            part["attrs"]["data-own"] = which
        return context
