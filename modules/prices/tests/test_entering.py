"""Typing in: bit by bit, the gate, what is missing, what a phone sends late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.prices import gate
from modules.prices.entry_form import NotMoneyError, rupiah
from modules.prices.models import Market, Quote, Round, Trader
from modules.prices.selectors.panel import sheet
from modules.prices.services import entering, verifying
from modules.prices.services.entering import Answer
from modules.prices.states import Flag, Seen
from modules.prices.workflow import NotAllowed

from .conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def phone(clock: Any, goods: list, region: Any, enumerator: Any, client_for: Callable) -> Any:
    """The enumerator's phone."""
    return client_for(region, enumerator)


def send(phone: Any, market: Market, **told: object) -> Any:
    return phone.post(f"/desk/prices/enter/{market.slug}/", {"day": TODAY.isoformat(), **told})


def keys(market: Market) -> dict[str, str]:
    """Return the names' ends by "variety" or "variety/trader"."""
    found = {}
    for entry in sheet(market, TODAY).entries:
        trader = f"/{entry.trader.name}" if entry.trader else ""
        found[entry.variety.slug + trader] = f"{entry.key[0]}_{entry.key[1] or 0}"
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [("13500", 13500), ("13.500", 13500), ("Rp 13,500", 13500), ("rp.1.250.000,-", 1_250_000),
     ("", None)],
)  # fmt: skip
def test_money_is_read_as_people_write_it(text: str, value: int | None) -> None:
    assert rupiah(text) == value


@pytest.mark.parametrize(
    "text", ["0", "13,5", "-500", "1e5", "13500.00", "99999999", "١٢٠٠a", "13"]
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(NotMoneyError):
        rupiah(text)


def test_the_gate_measures_from_the_median() -> None:
    def judged(price: int, usual: int | None = 10_000, ceiling: int | None = 13_500) -> str:
        return gate.flag(price, usual=usual, ceiling=ceiling, percent=20)

    assert [judged(12_000), judged(8_000), judged(12_001), judged(7_999)] == [
        "", "", Flag.JUMP, Flag.JUMP,
    ]  # fmt: skip
    assert judged(13_501, usual=12_000) == Flag.CEILING
    assert judged(13_501) == Flag.BOTH
    assert judged(13_501, usual=None, ceiling=None) == ""
    assert gate.middle([1, 9, 4, 5]) == 5, "half up"
    assert gate.middle([]) is None


def test_a_sheet_is_saved_bit_by_bit_and_handed_in_complete(
    phone: Any, markets: list, traders: list
) -> None:
    anyar, key = markets[0], keys(markets[0])
    assert set(key) == {
        "beras-medium-1/Toko Berkah", "beras-medium-1/Kios Sari",
        "cabai-merah-keriting/Toko Berkah", "minyak-goreng-curah/Toko Berkah",
    }, "rice is asked of two traders, the rest of who sells it"  # fmt: skip
    rice = key["beras-medium-1/Toko Berkah"]
    assert send(phone, anyar, **{f"price_{rice}": "13.000", "note": "Hujan"}).status_code == 302
    assert send(phone, anyar, **{f"price_{rice}": "13000"}).status_code == 302, "sent again"
    quote = Quote.objects.get()
    assert (quote.price, quote.trader, quote.seen) == (13_000, traders[0], Seen.OBSERVED)
    early = send(phone, anyar, done="1", **{f"price_{rice}": "13000"})
    assert early.status_code == 422
    assert [str(one.text) for one in early.context["problems"]][0].count("3") == 1
    rest = {
        f"reason_{key['beras-medium-1/Kios Sari']}": "closed",
        f"reason_{key['cabai-merah-keriting/Toko Berkah']}": "no_stock",
        f"price_{key['minyak-goreng-curah/Toko Berkah']}": "17500",
        f"stock_{key['minyak-goreng-curah/Toko Berkah']}": "scarce",
    }
    assert send(phone, anyar, done="1", **rest).status_code == 302, "what is not sent again stays"
    round_ = Round.objects.get()
    assert (round_.state, round_.note) == ("submitted", "Hujan")
    assert sorted(Quote.objects.values_list("seen", "price", "reason")) == [
        ("missing", None, "closed"), ("missing", None, "no_stock"),
        ("observed", 13_000, ""), ("observed", 17_500, ""),
    ]  # fmt: skip
    assert send(phone, anyar, done="1", **rest).status_code == 302, "twice from a phone: once"
    late = send(phone, anyar, **{f"price_{rice}": "14000", f"why_{rice}": "x",
                                 f"again_{rice}": "14000"})  # fmt: skip
    assert late.status_code == 422, "handed in: nothing is changed under the validator's eyes"
    assert phone.get(f"/desk/prices/enter/{anyar.slug}/").context["open"] is False


def test_emptied_fields_lose_their_price_and_untouched_ones_keep_it(
    phone: Any, markets: list
) -> None:
    poris, key = markets[1], keys(markets[1])
    rice, oil = key["beras-medium-1"], key["minyak-goreng-curah"]
    send(phone, poris, **{f"price_{rice}": "13000", f"price_{oil}": "17000"})
    send(phone, poris, **{f"price_{rice}": "", f"had_{rice}": "1", f"price_{oil}": ""})
    assert list(Quote.objects.values_list("price", flat=True)) == [17_000]


def test_an_unusual_price_is_typed_twice_and_explained(
    phone: Any, markets: list, publish: Callable, days: Callable
) -> None:
    anyar, poris = markets
    publish(anyar, poris, day=days(1), cabai_merah_keriting=40_000, beras_medium_1=13_000)
    key = keys(poris)
    chili, rice = key["cabai-merah-keriting"], key["beras-medium-1"]
    page = phone.get("/desk/prices/enter/poris/").content.decode()
    assert 'data-usual="40000"' in page
    assert 'data-ceiling="13500"' in page
    told = {f"price_{chili}": "60000", f"price_{rice}": "14000"}
    refused = send(phone, poris, **told)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert {f"again_{chili}", f"why_{chili}", f"again_{rice}", f"why_{rice}"} == {
        problem.anchor for problem in refused.context["problems"]
    }
    assert 'value="60000"' in shown, "what was typed is kept"
    assert not Quote.objects.filter(round__date=TODAY).exists()
    told |= {f"again_{chili}": "60.000", f"why_{chili}": "Hujan di Garut",
             f"again_{rice}": "14001", f"why_{rice}": "Stok lama"}  # fmt: skip
    assert send(phone, poris, **told).status_code == 422, "typed again differently"
    assert send(phone, poris, **told | {f"again_{rice}": "14000"}).status_code == 302
    flags = dict(Quote.objects.filter(round__date=TODAY).values_list("price", "flag"))
    assert flags == {60_000: Flag.JUMP, 14_000: Flag.CEILING}
    again = send(phone, poris, **{f"price_{chili}": "60000", f"price_{rice}": "14000"})
    assert again.status_code == 302, "explained once is enough"
    with pytest.raises(NotAllowed, match="reason"):
        entering.save(market=poris, day=TODAY, by=phone_user(phone),
                      answers=[Answer(int(chili.split("_")[0]), None, price=90_000)])  # fmt: skip


def phone_user(phone: Any) -> Any:
    from balai.accounts.models import User

    return User.objects.get(pk=phone.session["_auth_user_id"])


def test_two_phones_at_one_market_lose_nothing(
    phone: Any, markets: list, region: Any, make_user: Callable, client_for: Callable, clock: Any
) -> None:
    poris, key = markets[1], keys(markets[1])
    rice, oil = key["beras-medium-1"], key["minyak-goreng-curah"]
    other = client_for(region, make_user("enumerator"))
    begun = timezone.now()
    send(phone, poris, **{f"had_{rice}": "", f"price_{rice}": "13000", "lat": "-6.1", "lng": "106"})
    clock.shift(timedelta(minutes=30))
    # The other phone opened the sheet when rice was 13,000; the first one then mended it.
    send(phone, poris, **{f"had_{rice}": "13000", f"price_{rice}": "13200"})
    seen = {
        f"had_{rice}": "13000",
        f"price_{rice}": "13000",
        f"had_{oil}": "",
        f"price_{oil}": "17000",
    }
    assert send(other, poris, **seen).status_code == 302
    assert set(Quote.objects.values_list("price", flat=True)) == {13_200, 17_000}, "left alone"

    late = {f"had_{rice}": "13000", f"price_{rice}": "12900", f"had_{oil}": "", f"price_{oil}": ""}
    refused = send(phone, poris, **late)
    assert refused.status_code == 422
    assert [one.anchor for one in refused.context["problems"]] == [f"price_{rice}"]
    page = refused.content.decode()
    assert 'value="12900"' in page and f'name="had_{rice}" value="13200"' in page
    again = send(phone, poris, **late | {f"had_{rice}": "13200"})
    assert again.status_code == 302, "asked once, then it is replaced"
    own = send(phone, poris, **{f"had_{rice}": "", f"price_{rice}": "12800"})
    assert own.status_code == 302, "two half sheets of one phone: the later word counts"

    oil_quote = Quote.objects.get(price=17_000)
    assert oil_quote.taken_at > begun
    clock.shift(timedelta(hours=1))
    send(phone, poris, **{f"had_{oil}": "17000", f"price_{oil}": "17000"})
    assert Quote.objects.get(price=17_000).taken_at == oil_quote.taken_at, "asked then, not now"


def test_nonsense_and_contradictions_are_told_beside_the_field(phone: Any, markets: list) -> None:
    key = keys(markets[1])
    rice, oil = key["beras-medium-1"], key["minyak-goreng-curah"]
    page = send(phone, markets[1], **{
        f"price_{rice}": "0", f"price_{oil}": "17000", f"reason_{oil}": "no_stock",
    })  # fmt: skip
    assert {problem.anchor for problem in page.context["problems"]} == {
        f"price_{rice}", f"reason_{oil}",
    }  # fmt: skip
    assert not Quote.objects.exists()


def test_what_waited_on_a_phone_arrives_once_with_its_own_time(
    phone: Any, markets: list, clock: Any
) -> None:
    key = keys(markets[1])
    name, taken = f"price_{key['beras-medium-1']}", timezone.now()
    clock.shift(timedelta(hours=5))
    header = {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}
    body = {"day": TODAY.isoformat(), name: "13000", "taken": taken.isoformat(),
            "lat": "-6.17", "lng": "106.63"}  # fmt: skip
    for _ in range(2):
        assert phone.post("/desk/prices/enter/poris/", body, **header).status_code == 302
    quote = Quote.objects.get()
    assert (quote.taken_at, quote.latitude, quote.longitude) == (taken, -6.17, 106.63)
    for day, status in ((TODAY - timedelta(days=7), 302), (TODAY - timedelta(days=8), 422),
                        (TODAY + timedelta(days=1), 422)):  # fmt: skip
        answer = phone.post("/desk/prices/enter/poris/", body | {"day": day.isoformat()})
        assert answer.status_code == status, day
    assert phone.get("/desk/prices/enter/poris/?date=gestern").status_code == 404


def test_a_photo_is_kept_for_officers_only(
    phone: Any, markets: list, region: Any, make_user: Callable, client_for: Callable
) -> None:
    rice = keys(markets[1])["beras-medium-1"]
    tag = SimpleUploadedFile("harga.png", PNG, "image/png")
    assert send(phone, markets[1], **{f"price_{rice}": "13000", f"photo_{rice}": tag}).status_code
    photo = Quote.objects.get().photo
    assert photo is not None
    assert phone.get(photo.url).status_code == 200
    for other in (None, make_user(), make_user("viewer")):
        assert client_for(region, other).get(photo.url).status_code in (403, 404)


def test_sent_back_goes_on_where_it_was(
    phone: Any, ask: Callable, markets: list, validator: Any
) -> None:
    round_ = ask(markets[1])
    verifying.send_back(round_=round_, answer="Cabai terlalu murah", by=validator)
    page = phone.get("/desk/prices/enter/poris/")
    assert page.context["open"] is True
    assert "Cabai terlalu murah" in page.content.decode()
    assert "Cabai terlalu murah" in phone.get("/desk/prices/enter/").content.decode()
    key = keys(markets[1])
    assert send(phone, markets[1], done="1", **{f"price_{key['beras-medium-1']}": "13000"}
                ).status_code == 302  # fmt: skip
    assert set(Quote.objects.values_list("price", flat=True)) == {13_000, 20_000}


def test_a_price_is_never_zero_even_in_the_database(ask: Callable, markets: list) -> None:
    quote = Quote.objects.filter(round=ask(markets[1])).first()
    for change in ({"price": 0}, {"price": None}, {"seen": "missing"}, {"seen": "imputed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(**change)


def test_a_sheet_costs_the_same_for_one_trader_and_for_three(
    clock: Any, goods: list, markets: list
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            sheet(markets[0], TODAY)
        return len(seen)

    Trader.objects.create(market=markets[0], name="Satu")
    one = count()
    Trader.objects.bulk_create(Trader(market=markets[0], name=name) for name in ("Dua", "Tiga"))
    assert count() == one <= 8
