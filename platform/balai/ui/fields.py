"""Form fields as HTML: label, help, error and input, tied together for screen readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from balai.ui.forms import PhotosInput, PinInput

GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)
NAMELESS = frozenset({"required", "invalid", "invalid_choice", "min_value", "max_value"})
"""Codes of errors whose words say the same of every field: a summary names the field, too."""


@dataclass(frozen=True, slots=True)
class RichLabel:
    """A choice's label with a hint and an icon: ``(value, RichLabel(_("Secret"), ...))``."""

    label: str | Promise
    hint: str | Promise = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary; ``anchor`` is the id of the field's first control, or ""."""

    anchor: str
    text: str


def render(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    tiles: bool = False,
    columns: int = 0,
    small: bool = False,
    hide_label: bool = False,
    addon: str = "",
    say_optional: bool = True,
    **attrs: Any,
) -> SafeString:
    """Return a field's HTML.

    Args:
        bound: the field of a form.
        label, hint: words instead of the form's own.
        tiles: choices as tiles with a picture above the word (three in a row).
        columns: choices side by side; 0 lets them stand below each other.
        small: the dense control of desks.
        hide_label: keep the label for screen readers only.
        addon: text joined to the end of the input, such as ".balai.id".
        say_optional: tell that it may stay empty; False for filters, where all may.
        attrs: further attributes of the control; underscores become dashes.
    """
    kind = _kind(bound)
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    part = {
        "bound": bound,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "tiles": tiles,
        "columns": 3 if tiles else columns,
        "hide_label": hide_label,
        "addon": addon,
        "control": _control(bound, kind, small=small, hint=hint, extra=extra),
        "optional": say_optional and not bound.field.required and kind not in ("check", "hidden"),
    }
    if kind == "pin":
        part |= {"tile_url": settings.TILE_URL, "tile_attribution": settings.TILE_ATTRIBUTION}
    return mark_safe(render_to_string(f"balai/fields/{kind}.html", part))  # noqa: S308 - a template


def render_all(form: BaseForm) -> SafeString:
    """Return every field of ``form``; hidden ones first."""
    parts = [str(hidden) for hidden in form.hidden_fields()]
    parts += [render(bound) for bound in form.visible_fields()]
    return mark_safe("".join(parts))  # noqa: S308 - escaped by their templates


def problems(form: BaseForm) -> Iterator[Problem]:
    """Yield what is wrong: the form's own errors, then each field's first one, in order."""
    for text in form.non_field_errors():
        yield Problem("", str(text))
    for bound in form:
        for error in bound.errors.as_data()[:1]:
            text, label = str(bound.errors[0]), str(bound.label)
            if error.code in NAMELESS and label:
                text = f"{label} {text}" if label.endswith("?") else f"{label}: {text}"
            yield Problem(first_control(bound), text)


def first_control(bound: BoundField) -> str:
    """Return the id of the control to go to: a group's first choice, else the input itself."""
    if isinstance(bound.field.widget, GROUPED):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPED):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, PhotosInput):
        return "photos"
    return "pin" if isinstance(widget, PinInput) else "input"


def _control(bound: BoundField, kind: str, *, small: bool, hint: str, extra: dict[str, Any]) -> str:
    if kind in ("group", "hidden"):
        return str(bound) if kind == "hidden" else ""
    classes = {"check": "check", "photos": "visually-hidden"}.get(kind, "input")
    if small and classes == "input":
        classes = "input input--sm"
    own = bound.field.widget.attrs.get("class", "")
    described = [f"{bound.auto_id}_hint"] if hint or bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs = {"class": f"{classes} {own}".strip(), **extra}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return str(bound.as_widget(attrs=attrs))
