"""Sample co-operations and shares, clearly marked and taken away in one go.

The cases are sample cases of the modules that are on, found through their contracts; whoever has
the partner's role in a demo gets a seat at the police. Nobody is written to.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.audit.actor import acting_as
from balai.workcal import clocks
from modules.partners import sources, topics
from modules.partners.models import Cooperation, Partner, Seat, Share
from modules.partners.sample.agreed import AGREED, Agreed
from modules.partners.selectors import agreements as selector
from modules.partners.services import agreements, answering, sharing
from modules.partners.sources import Facts, Source
from modules.partners.states import State

OFFICERS: Final = (
    ("Petugas Polres", "mitra.polres", "Petugas Polres Contoh", "partner", ""),
)  # fmt: skip
"""Who can sign in at the demo: what they are, name to sign in with, name, role, agency's code."""
EACH: Final = 3
"""Cases shared with each partner, as far as there are so many."""
REASON: Final = "Data contoh: diteruskan sesuai perjanjian kerja sama"


def load() -> int:
    """Add the sample co-operations unless they are there; return how many shares there are."""
    if not Cooperation.objects.filter(sample=True).exists():
        with acting_as("sample data"):
            _play(timezone.now())
    return Share.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take the sample co-operations and what was shared under them away; return how many."""
    rows = Share.objects.filter(cooperation__sample=True)
    count = rows.count()
    for share in rows.filter(state=State.SENT):
        clocks.stop(kind=topics.CLOCK, subject=share.uuid, now=timezone.now())
    rows.delete()
    partners = Cooperation.objects.filter(sample=True).values("partner")
    Seat.objects.filter(partner__in=partners).delete()
    Cooperation.objects.filter(sample=True).delete()
    return count


@transaction.atomic
def _play(now: datetime) -> None:
    today = timezone.localdate(now)
    known = {row.slug: row for row in Partner.objects.all()}
    for one in AGREED:
        if one.partner in known:
            paper = _agree(one, known[one.partner], today)
            if one.rule:
                _rule(paper, one)
    _seat(known.get("polres"))
    admin = _first_admin()
    if admin is not None:
        for source in sources.active().values():
            _share(source, admin, now)


def _agree(one: Agreed, partner: Partner, today: date) -> Cooperation:
    told: dict[str, Any] = {
        "basis": one.basis, "number": one.number, "purpose": one.purpose,
        "signed_on": today - timedelta(days=one.since + 10),
        "starts_on": today - timedelta(days=one.since),
        "ends_on": today + timedelta(days=one.left), "areas": [],
        "categories": one.categories, "fields": one.fields, "acknowledge_days": one.days,
        "contacts": [{"name": "Kontak Contoh", "post": one.post, "email": "", "phone": ""}],
    }  # fmt: skip
    return agreements.save_cooperation(partner=partner, told=told, sample=True)


def _rule(paper: Cooperation, one: Agreed) -> None:
    for slug, categories in one.categories.items():
        source = sources.get(slug)
        if source is None:
            continue
        moments = set(source.contract.CASE_TOPICS.values())
        told = {
            "source": slug, "categories": categories, "areas": [],
            "fields": one.fields.get(slug, []),
            "moment": "checked" if "checked" in moments else "arrived",
        }  # fmt: skip
        agreements.add_rule(cooperation=paper, told=told)


def _seat(police: Partner | None) -> None:
    """Give the demo's people with the partner's role a seat, if they have none."""
    held = Membership.objects.filter(role="partner").values("user")
    free = User.objects.filter(pk__in=held).exclude(pk__in=Seat.objects.values("user"))
    if police is not None:
        Seat.objects.bulk_create(Seat(partner=police, user=user) for user in free)


def _first_admin() -> User | None:
    held = Membership.objects.filter(role="admin").values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("pk").first()


def _share(source: Source, admin: User, now: datetime) -> None:
    """Share some sample cases with whom it was agreed, and let each partner be at another point."""
    given: dict[int, int] = {}
    for facts in source.contract.search_cases(admin, "", 200):
        if not facts.sample:
            continue
        for paper in selector.covering(source.slug, facts):
            number = given.get(paper.pk, 0)
            if paper.sample and number < EACH:
                _one(source, facts, paper, admin, number, now)
                given[paper.pk] = number + 1


def _one(
    source: Source, facts: Facts, paper: Cooperation, admin: User, number: int, now: datetime
) -> None:
    fields = paper.fields.get(source.slug, [])
    wish = sharing.Wish(
        source=source, facts=facts, cooperation=paper, fields=fields, reason=REASON
    )  # fmt: skip
    start = max(facts.created_at, now - timedelta(days=6 - 2 * number))
    share = sharing.share(wish=wish, by=admin, now=start)
    if share.state != State.SENT or number == EACH - 1:
        return
    then = min(start + timedelta(hours=5), now)
    share = answering.acknowledge(share=share, reference=f"LP/{number + 1:03}/CONTOH", now=then)
    if number == 0:
        answering.answer(
            share=share, outcome="handled", text="Sudah ditangani petugas di lapangan.",
            now=min(then + timedelta(hours=20), now),
        )  # fmt: skip
