"""Saves a region's brand: checked, audited, told to every process."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from balai import audit, context
from balai.ui import formats
from tenants import directory
from tenants.models import Region
from themes import pictures, store
from themes.brand import BrandSpec, spec_of
from themes.contrast import NAMES, Verdict, judge


class ContrastError(ValidationError):
    """Raised for colours that nobody with weak eyes could read; carries the nearest that pass."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__({field: complaint(verdict, field) for field in verdict.suggestions})


def complaint(verdict: Verdict, field: str) -> str:
    """Return what is wrong with a colour and which one to take instead."""
    check = verdict.weakest(field)
    return _(
        "%(name)s: %(what)s would have a contrast of %(ratio)s to 1, at least %(least)s is needed. "
        "The nearest colour that passes is %(suggestion)s."
    ) % {
        "name": NAMES[field],
        "what": check.what,
        "ratio": formats.number(check.ratio, 1),
        "least": formats.number(check.least, 1),
        "suggestion": verdict.suggestions[field],
    }


def save_brand(
    *,
    spec: BrandSpec,
    logo: "UploadedFile[bytes] | None" = None,
    photo: "UploadedFile[bytes] | None" = None,
) -> BrandSpec:
    """Save the current region's brand and show it on every process when the transaction commits.

    Args:
        spec: all values; ``logo`` and ``photo`` in it stay unless a file replaces them.
        logo, photo: uploads; they are decoded and encoded anew before they are kept.

    Raises:
        ContrastError: when a colour fails WCAG 2.2 AA somewhere; nothing is saved.
        themes.pictures.PictureError: when an upload is no usable picture; nothing is saved.
    """
    verdict = judge(spec.colours)
    if not verdict.passes:
        raise ContrastError(verdict)
    region = context.current_region()
    kept = replace(
        spec,
        logo=store.write(pictures.logo(logo)) if logo else spec.logo,
        photo=store.write(pictures.photo(photo)) if photo else spec.photo,
    )
    before = spec_of(region).stored()
    changed = {key for key, value in kept.stored().items() if before[key] != value}
    if not changed:
        return kept
    with transaction.atomic():
        with context.platform():
            Region.objects.filter(pk=region.id).update(brand=kept.stored())
            directory.notify(region.schema)
        audit.record(
            action="brand.saved",
            target=region.slug,
            before={key: before[key] for key in sorted(changed)},
            after={key: kept.stored()[key] for key in sorted(changed)},
        )
        transaction.on_commit(lambda: directory.invalidate(region.schema))
    return kept
