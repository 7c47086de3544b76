"""A vacancy as schema.org's JobPosting, the words that Google for Jobs and others read."""

import json
from datetime import datetime, time
from typing import Any, Final

from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, ngettext

from balai import context
from balai.directory import reference
from modules.jobs.choices import SCHEMA_ORG, Education, EmploymentType, Workplace
from modules.jobs.models import Vacancy

ESCAPES: Final = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def script(vacancy: Vacancy) -> SafeString:
    """Return the block of data for a vacancy's page, "" unless it is open today.

    Data, not script: a browser runs nothing in it, so that the Content Security Policy does not
    ask for a nonce. What could end the element is escaped.
    """
    if not vacancy.is_open() or vacancy.sample:
        return mark_safe("")
    text = json.dumps(data(vacancy), ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped in the line above


def data(vacancy: Vacancy) -> dict[str, Any]:
    """Return the posting (schema.org/JobPosting), with the properties that Google reads."""
    region = context.current_region()
    last = datetime.combine(vacancy.valid_until, time(23, 59, 59), region.zone)
    told = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": _description(vacancy),
        "identifier": {
            "@type": "PropertyValue", "name": vacancy.employer.name, "value": vacancy.number,
        },
        "datePosted": (vacancy.published_at or vacancy.created_at).astimezone(region.zone)
        .date().isoformat(),
        "validThrough": last.isoformat(),
        "employmentType": SCHEMA_ORG[EmploymentType(vacancy.type)],
        "hiringOrganization": _organisation(vacancy),
        "jobLocation": {"@type": "Place", "address": _address(vacancy, region)},
        "totalJobOpenings": vacancy.headcount,
        "directApply": True,
    }  # fmt: skip
    return {**told, **_optional(vacancy)}


def _optional(vacancy: Vacancy) -> dict[str, Any]:
    """Return what not every vacancy tells: the wage, and that the work is done from home."""
    told: dict[str, Any] = {}
    if vacancy.pay_min or vacancy.pay_max:
        told["baseSalary"] = {
            "@type": "MonetaryAmount", "currency": "IDR", "value": _wage(vacancy),
        }  # fmt: skip
    if vacancy.workplace == Workplace.REMOTE:  # Google asks for both of such work
        told["jobLocationType"] = "TELECOMMUTE"
        told["applicantLocationRequirements"] = {"@type": "Country", "name": "ID"}
    return told


def _wage(vacancy: Vacancy) -> dict[str, Any]:
    low, high = vacancy.pay_min or vacancy.pay_max, vacancy.pay_max or vacancy.pay_min
    amount = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    return {"@type": "QuantitativeValue", **amount, "unitText": vacancy.pay_period.upper()}


def _organisation(vacancy: Vacancy) -> dict[str, str]:
    told = {"@type": "Organization", "name": vacancy.employer.name}
    return {**told, "sameAs": vacancy.employer.website} if vacancy.employer.website else told


def _address(vacancy: Vacancy, region: context.Region) -> dict[str, str]:
    street = ", ".join(filter(None, (vacancy.address, vacancy.place)))
    told = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": region.name,
        "addressRegion": reference.regency(region.code).province.name,
        "addressCountry": "ID",
    }
    return {name: value for name, value in told.items() if value}


def _description(vacancy: Vacancy) -> str:
    """Return the text in HTML, whole as Google asks for it: tasks, who fits, what is given."""
    facts = {
        _("Education"): Education(vacancy.education).label if vacancy.education else "",
        _("Experience"): _experience(vacancy.experience_years),
        _("Skills"): vacancy.skills,
        _("Benefits"): vacancy.benefits,
    }
    parts = [vacancy.description, vacancy.requirements]
    parts.append("\n".join(f"{name}: {value}" for name, value in facts.items() if value))
    return "".join(linebreaks(part, autoescape=True) for part in parts if part)


def _experience(years: int) -> str:
    return (
        ngettext("%(counter)s year", "%(counter)s years", years) % {"counter": years}
        if years
        else ""
    )
