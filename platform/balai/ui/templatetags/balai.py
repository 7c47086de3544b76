"""The tag library ``balai``; it is built in, so ``{% load balai %}`` is optional."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from balai import context
from balai.modules.manifest import type_str
from balai.ui import charts, fields, formats, icons, nav

register = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "", label: str = "") -> SafeString:
    """``{% icon "phone" %}``: a Lucide icon, decoration unless it has a label."""
    return icons.icon(name, css_class, label)


@register.simple_tag
def chip(status: Any, words: type_str = "") -> SafeString:
    """``{% chip report.status %}``: colour, icon and word of anything with those attributes."""
    return format_html(
        '<span class="chip chip--{}">{}{}</span>',
        status.colour, icons.icon(status.icon), words or status.label,
    )  # fmt: skip


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """``{% field form.title %}``: label, help, error, input; see ``balai.ui.fields.render``."""
    return fields.render(bound, **options)


@register.simple_tag
def choice_group(bound: BoundField, **options: Any) -> SafeString:
    """``{% choice_group form.kind tiles=True %}``: radios or checkboxes as cards or tiles."""
    return fields.render(bound, **options)


@register.simple_tag
def fields_of(form: BaseForm) -> SafeString:
    """``{% fields_of form %}``: every field of the form, in order."""
    return fields.render_all(form)


@register.inclusion_tag("balai/parts/form_errors.html")
def form_errors(form: BaseForm, title: str = "") -> dict[str, Any]:
    """``{% form_errors form %}``: the summary of what is wrong, linked to the fields."""
    return {"problems": list(fields.problems(form)), "title": title}


@register.inclusion_tag("balai/parts/page_nav.html", takes_context=True)
def page_nav(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """``{% page_nav page_obj %}``: previous, next and where one is; keeps the other filters."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(name, None)
    rest = query.urlencode()
    return {"page": page, "prefix": f"?{rest}&{name}=" if rest else f"?{name}="}


@register.simple_tag
def region_word(key: str, default: type_str) -> type_str:
    """``{% region_word "module.complaints" "LAKSA" %}``: the region's own word, or this one."""
    region = context.region_or_none()
    return (region.words.get(key) if region else None) or default


@register.simple_tag
def localtime_tag(value: datetime | None, form: str = "full") -> SafeString:
    """``{% localtime_tag dt %}``: a ``<time>`` in the region's zone.

    ``form`` is "full" (Jumat, 4 Desember 2026, 16.20 WIB), "date", "short", "clock" or "ago".
    """
    if value is None:
        return SafeString("")
    words = {
        "full": formats.moment,
        "date": formats.long_date,
        "short": formats.short_date,
        "clock": formats.clock,
        "ago": formats.ago,
    }[form]
    title = formats.moment(value) if form in ("short", "clock", "ago") else ""
    stamp = formats.local(value).isoformat(timespec="seconds")
    if title:
        return format_html('<time datetime="{}" title="{}">{}</time>', stamp, title, words(value))
    return format_html('<time datetime="{}">{}</time>', stamp, words(value))


@register.filter
def long_date(value: date | datetime | None) -> str:
    """``{{ day|long_date }}``: "Jumat, 4 Desember 2026"."""
    return formats.long_date(value) if value else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """``{{ day|short_date }}``: "4 Des", with the year when it is not this one."""
    return formats.short_date(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """``{{ dt|clock }}``: "16.20 WIB"."""
    return formats.clock(value) if value else ""


@register.filter
def hour(value: time | None) -> str:
    """``{{ day.opens|hour }}``: "07.30"."""
    return formats.hour(value) if value else ""


@register.filter
def ago(value: datetime | None) -> str:
    """``{{ dt|ago }}``: "5 menit lalu"."""
    return formats.ago(value) if value else ""


@register.filter
def rupiah(value: int | None) -> str:
    """``{{ price|rupiah }}``: "Rp13.500"."""
    return "" if value is None else formats.rupiah(value)


@register.filter
def number(value: float | None, places: int | None = None) -> str:
    """``{{ n|number }}`` or ``{{ x|number:1 }}``: the language's own marks."""
    return "" if value is None else formats.number(value, places)


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """``{{ share|percent }}``: 0.62 as "62%"."""
    return "" if value is None else formats.percent(value, places)


@register.filter
def initials(name: str) -> str:
    """``{{ agency.name|initials }}``: at most two letters for an avatar."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


@register.simple_tag
def meter(share: float, colour: str = "", label: str = "") -> SafeString:
    """``{% meter 0.62 "green" "62 percent" %}``: a share as a bar; colour is a status or ""."""
    return charts.meter(share, colour=colour, label=label)


@register.simple_tag
def url_if(name: str, *args: Any) -> str:
    """``{% url_if "account_login" as login %}``: the address, or "" where no such route is."""
    return nav.url_or_none(name, *args) or ""
