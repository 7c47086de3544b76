"""The module's objects for the two-city matrix (I-01), with a canary in every field."""

from datetime import date, timedelta

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.prices.models import Ceiling, Group, Market, Round, Trader, Variety
from modules.prices.selectors.panel import sheet
from modules.prices.services import entering, publishing, verifying
from modules.prices.services.entering import Answer, Visit

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Ask, verify and publish the prices of a market in the active region."""
    market, variety = _world()
    today = timezone.localdate()
    _round(market, today)
    publishing.publish(day=today, by=None)
    round_ = {"round_": Round.objects.get(market=market, date=today).uuid}
    pages = ("round", "verify", "take-back", "send-back", "correct")
    return {
        **dict.fromkeys((f"prices_desk:{name}" for name in pages), round_),
        "prices_desk:sheet": {"market": market.slug},
        "prices:variety": {"variety": variety.slug},
        "prices:watch": {"variety": variety.slug},
        "api:prices_read_course": {"slug": variety.slug},
        **_console(market, variety),
    }


def _world() -> tuple[Market, Variety]:
    """Return a market with a trader and a variety under the canary's name."""
    market = Market.objects.create(slug="kanari-tangerang", name=CANARY, address=CANARY)
    group = Group.objects.create(slug="kanari-tangerang", label_id=CANARY, label_en=CANARY)
    variety = Variety.objects.create(
        slug="kanari-tangerang", group=group, label_id=CANARY, label_en=CANARY
    )
    Trader.objects.create(market=market, name=f"{CANARY} toko", stall=CANARY, phone=CANARY)
    return market, variety


def _console(market: Market, variety: Variety) -> dict[str, dict[str, object]]:
    """Return the console's objects, a ceiling under the canary's name among them."""
    starts = timezone.localdate() + timedelta(days=9)
    Ceiling.objects.create(variety=variety, high=12_345, starts=starts, decree=CANARY)
    trader = Trader.objects.get(market=market)
    objects: dict[str, dict[str, object]] = {
        "market": {"market": market.slug}, "trader": {"trader": trader.uuid},
        "variety": {"variety": variety.slug}, "group": {"group": variety.group.slug},
    }  # fmt: skip
    ceiling = {"variety": variety.slug, "zone": "1", "starts": starts.isoformat()}
    return {
        **{f"prices_console:{name}": told for name, told in objects.items()},
        **{f"prices_console:{name}_change": told for name, told in objects.items()},
        "prices_console:trader_forget": objects["trader"],
        "prices_console:ceiling": ceiling,
        "prices_console:ceiling_take_back": ceiling,
    }


def _round(market: Market, day: date) -> None:
    people = [_person(role) for role in ("enumerator", "validator")]
    told = [
        Answer(*entry.key, price=12_345, why=f"{CANARY} hujan")
        for entry in sheet(market, day).entries
    ]
    round_ = entering.save(
        market=market, day=day, answers=told, by=people[0], visit=Visit(note=CANARY), done=True
    )
    verifying.verify(round_=round_, by=people[1])


def _person(role: str) -> User:
    person = User.objects.create_user(
        email=f"kanari-{role}@contoh.test", name=f"{CANARY} {role}"
    )  # fmt: skip
    grant_role(user=person, role=role)
    return person
