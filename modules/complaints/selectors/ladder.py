"""The ladder a late case climbs: head of the unit, of the agency, the secretary, the mayor's list.

Office-holders come from the directory; where a post has no name there, the accounts with the
fitting role stand in. A rung on which nobody stands is left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from balai import notify
from balai.accounts.models import User
from balai.directory.models import Agency, OfficeHolder
from modules.complaints.selectors.staff import (
    COORDINATORS,
    HEADS,
    LEADERS,
    Addressee,
    coordinators,
    holders,
)

SECRETARY = re.compile(r"sekretaris daerah|\bsekda\b|regional secretary", re.IGNORECASE)
SECRETARIAT = "setda"


@dataclass(frozen=True, slots=True)
class Superior:
    """Somebody on a rung, with their post. ``addressee`` is None where no address is known."""

    title: str
    name: str
    addressee: Addressee | None

    @property
    def label(self) -> str:
        """Post and name, for the history."""
        return ", ".join(part for part in (self.title, self.name) if part)


Rung = list[Superior]


def rung(agency: Agency | None, step: int) -> Rung:
    """Return who stands on ``step`` (1 is the lowest); above the ladder's end its last rung."""
    rungs = ladder(agency)
    return rungs[min(step, len(rungs)) - 1] if rungs and step > 0 else []


def reaches(agency: Agency | None, step: int) -> bool:
    """Tell whether there is somebody higher on ``step`` than on the one below it."""
    return step <= max(len(ladder(agency)), 1)


def ladder(agency: Agency | None) -> list[Rung]:
    """Return the rungs above a case of ``agency``; without one those above the coordinators."""
    posts = list(OfficeHolder.objects.select_related("agency").order_by("id"))
    accounts = _accounts(posts)
    top = _top(agency)
    below = [agency] if agency is None or top == agency else [agency, top]
    secretary = [post for post in posts if _is_secretary(post)]
    leaders = [post for post in posts if post.agency_id is None and post not in secretary]
    rungs = [
        *(_heads(office, posts, accounts) for office in below),
        _named(secretary, accounts),
        _named(leaders, accounts) or _accounts_of(LEADERS),
    ]
    return [people for people in rungs if people]


def _heads(agency: Agency | None, posts: list[OfficeHolder], accounts: dict[str, User]) -> Rung:
    if agency is None:
        return _accounts_of(COORDINATORS)
    own = [post for post in posts if post.agency_id == agency.pk]
    return _named(own, accounts) or _accounts_of(HEADS, agency)


def _named(posts: Iterable[OfficeHolder], accounts: dict[str, User]) -> Rung:
    return [Superior(post.title, post.name, _address(post, accounts)) for post in posts]


def _address(post: OfficeHolder, accounts: dict[str, User]) -> Addressee | None:
    user = accounts.get(str(post.user_uuid))
    if user is not None:
        return Addressee(f"user{user.pk}", notify.Recipient(user=user))
    if post.agency and post.agency.email:
        return Addressee(f"post{post.pk}", notify.Recipient(email=post.agency.email))
    return None


def _accounts(posts: Iterable[OfficeHolder]) -> dict[str, User]:
    known = [post.user_uuid for post in posts if post.user_uuid]
    found = User.objects.filter(uuid__in=known, is_active=True)
    return {str(user.uuid): user for user in found}


def _accounts_of(roles: Iterable[str], agency: Agency | None = None) -> Rung:
    return [
        Superior("", user.label, Addressee(f"user{user.pk}", notify.Recipient(user=user)))
        for user in holders(roles, agency)
    ]


def _is_secretary(post: OfficeHolder) -> bool:
    office = post.agency.code if post.agency else ""
    return office == SECRETARIAT or bool(SECRETARY.search(post.title))


def _top(agency: Agency | None) -> Agency | None:
    """Return the highest agency above; a loop in the tree, should one be stored, ends."""
    seen = set()
    while agency is not None and agency.parent is not None and agency.pk not in seen:
        seen.add(agency.pk)
        agency = agency.parent
    return agency


def addressees(people: Rung) -> list[Addressee]:
    """Return whom to write to; a superior without an address is told by the coordinators."""
    reachable = [one.addressee for one in people if one.addressee]
    return reachable if len(reachable) == len(people) else [*reachable, *coordinators()]
