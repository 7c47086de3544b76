"""What a program tells in POST requests, checked and turned into a draft."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils import translation
from django.utils.translation import gettext as _

from balai.api.models import ApiKey
from balai.directory.models import Area
from modules.complaints.models import Category, Complaint
from modules.complaints.open311 import errors, mapping
from modules.complaints.open311.errors import Problem
from modules.complaints.selectors import addresses, areas, categories
from modules.complaints.services import Draft
from modules.complaints.services.photos import MAX_PHOTOS

MOST_TEXT: Final = 4000
MOST_LANDMARK: Final = 160
MOST_NAME: Final = 120
MOST_URL: Final = 500
PHONE: Final = re.compile(r"\+?[0-9 ()./\-]{6,20}\Z")
ATTRIBUTE: Final = re.compile(r"attribute\[([^\]]{1,60})\](?:\[\])?\Z")
DEGREES: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?\Z")
Point = tuple[float, float]
Found = TypeVar("Found")


def draft(told: Mapping[str, str], key: ApiKey) -> Draft:
    """Return what is to be stored.

    Raises:
        Problem: 404 for an unknown service, else 400 with everything that is wrong.
    """
    category = _category(told)
    wrong: list[str] = []
    pin, area, landmark = _or_note(wrong, lambda: _place(told)) or (None, None, "")
    text = _or_note(wrong, lambda: _text(told, category)) or ""
    attributes = attributes_of(told)
    kind = _or_note(wrong, lambda: _kind(attributes)) or Complaint.Kind.COMPLAINT
    contact = _or_note(wrong, lambda: _contact(told)) or {}
    if wrong:
        raise errors.bad(*wrong)
    landmark = attributes.get(mapping.LANDMARK, "") or landmark
    if len(landmark) > MOST_LANDMARK:  # nothing that was told is lost
        text, landmark = f"{text}\n\n{landmark}"[:MOST_TEXT], f"{landmark[: MOST_LANDMARK - 1]}…"
    return Draft(
        category=category,
        text=text,
        kind=kind,
        identity=Complaint.Identity.SECRET if contact else Complaint.Identity.ANONYMOUS,
        area=area,
        pin=pin,
        landmark=landmark,
        language=translation.get_language() or "id",
        source=Complaint.Source.OPEN311,
        api_key=key,
        name=contact.get("name", ""),
        email=contact.get("email", ""),
        phone=contact.get("phone", ""),
    )


def media(urls: list[str]) -> list[str]:
    """Return the addresses of photos; 400 for one that is none. They are fetched later."""
    given = [url.strip() for url in urls if url.strip()][:MAX_PHOTOS]
    for url in given:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError as error:
            raise errors.bad(_("media_url is no address.")) from error
        if len(url) > MOST_URL:
            raise errors.bad(_("media_url is too long."))
    return given


def attributes_of(told: Mapping[str, str]) -> dict[str, str]:
    """Return {code: value} of ``attribute[code]``; those we did not ask for are not kept."""
    matches = ((ATTRIBUTE.match(name), value) for name, value in told.items())
    given = {match[1]: value for match, value in matches if match}
    return {code: given[code] for code in (mapping.LANDMARK, mapping.KIND) if code in given}


def _or_note(wrong: list[str], find: Callable[[], Found]) -> Found | None:
    """Return what ``find`` finds; write down what is wrong instead of stopping at it."""
    try:
        return find()
    except Problem as problem:
        wrong.extend(problem.descriptions)
        return None


def _category(told: Mapping[str, str]) -> Category:
    code = told.get("service_code", "")
    if not code:
        raise errors.bad(_("The service_code was not provided."))
    found = categories.offered(code)
    if found is None:
        raise errors.missing(_("The service_code was not found."))
    return found


def _place(told: Mapping[str, str]) -> tuple[Point | None, Area | None, str]:
    """Return pin, area and the address in words; a position counts more than words."""
    address = told.get("address_string", "")
    pin = _pin(told)
    if pin is not None:
        place = areas.locate(pin)
        if place.outside:
            raise errors.bad(place.words)
        return pin, place.area, address
    if code := told.get("address_id", ""):
        area = areas.by_code(code)
        if area is None:
            raise errors.bad(_("The address_id was not found; it is the code of an area."))
        return None, area, address
    if not address:
        raise errors.bad(_("Send lat and long, or address_string, or address_id."))
    area = addresses.area_named(address)
    if area is None:
        raise errors.bad(
            _("The address_string names no kecamatan, kelurahan or desa here. Send lat and long.")
        )
    return None, area, address


def _pin(told: Mapping[str, str]) -> Point | None:
    given = [told.get("lat", ""), told.get("long", "")]
    if not any(given):
        return None
    if not all(given):
        raise errors.bad(_("Send both lat and long."))
    if not all(DEGREES.match(text) for text in given):
        raise errors.bad(_("lat and long are decimal degrees."))
    latitude, longitude = (float(text) for text in given)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise errors.bad(_("lat and long are decimal degrees."))
    return latitude, longitude


def _text(told: Mapping[str, str], category: Category) -> str:
    text = told.get("description", "").replace("\r\n", "\n")
    if len(text) > MOST_TEXT:
        words = _("The description has at most %(most)s letters.")
        raise errors.bad(words % {"most": MOST_TEXT})
    return text or category.label


def _kind(attributes: Mapping[str, str]) -> str:
    kind = attributes.get(mapping.KIND, Complaint.Kind.COMPLAINT)
    if kind not in mapping.KINDS:
        values = {"name": f"attribute[{mapping.KIND}]", "known": ", ".join(mapping.KINDS)}
        raise errors.bad(_("%(name)s is one of: %(known)s.") % values)
    return kind


def _contact(told: Mapping[str, str]) -> dict[str, str]:
    """Return how to reach the reporter; nothing of a device or an account is kept."""
    name = " ".join(filter(None, [told.get("first_name"), told.get("last_name")]))[:MOST_NAME]
    found = {"name": name, "email": told.get("email", ""), "phone": told.get("phone", "")}
    if found["email"]:
        try:
            EmailValidator()(found["email"])
        except ValidationError as error:
            raise errors.bad(_("The email is no address.")) from error
        if len(found["email"]) > 254:
            raise errors.bad(_("The email is no address."))
    if found["phone"] and not PHONE.match(found["phone"]):
        raise errors.bad(_("The phone is no number."))
    return {field: value for field, value in found.items() if value}
