"""A person of several regions: one sign-in on the platform, each region by its own word.

Through the real views of the apex and of two cities; only the browser is Django's client.
"""

import json
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
from allauth.idp.oidc.models import Client as Row, Token
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.audit.models import Entry
from balai.context import PLATFORM, activate, deactivate, platform, region_context
from balai.outbox.models import Event
from balai.signon import keys
from balai.signon.roaming import NotProven, exchange
from modules.partners.models import Delegate, Partner, Seat
from modules.partners.receivers import delegates as receivers
from modules.partners.services import agreements, delegates, people
from modules.partners.tests.conftest import paper
from modules.partners.workflow import NotAllowed
from provisioning.hub import services
from provisioning.models import PartnerAccess
from provisioning.operators.tests.conftest import reauthenticate

pytestmark = pytest.mark.django_db
EMAIL = "budi.santoso@polri.go.id"
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def one_key(monkeypatch):
    """Sign with one real key that is made once: the search for primes takes long."""
    monkeypatch.setattr(keys, "_generated", lambda: KEY)


KEY = keys._generated()


@pytest.fixture
def granted(region, other_region):
    """Grant Budi of Polres both cities; the events have reached the platform."""
    for city, days in ((region, 20), (other_region, 40)):
        with region_context(city):
            police = Partner.objects.get(slug="polres")
            agreements.save_cooperation(partner=police, told=paper())
            delegates.grant(partner=police, email=EMAIL, name="Budi Santoso",
                            ends_on=TODAY() + timedelta(days=days))  # fmt: skip
            told()


def told() -> None:
    for event in Event.objects.filter(topic="partners.delegate").order_by("id"):
        receivers.tell_platform(event.data())


class Apex(Client):
    """A browser at the apex."""

    def __init__(self) -> None:
        super().__init__(headers={"host": settings.APEX_HOST})

    def force_login(self, user, backend=None) -> None:
        token = activate(PLATFORM)
        try:
            super().force_login(user, backend or "balai.accounts.backends.RoleBackend")
        finally:
            deactivate(token)


def person(factor: bool = True) -> User:
    with platform():
        user = User.objects.get(email=EMAIL)
        if factor:
            Authenticator.objects.get_or_create(user=user, type="totp", data={"secret": "x"})
        return user


@pytest.fixture
def apex(granted):
    browser = Apex()
    browser.force_login(person())
    return browser


def start(city, client_for):
    """Return (a browser at a city, what it sends to the platform)."""
    browser = client_for(city)
    left = browser.get("/partners/enter/")
    assert left.status_code == 302
    return browser, urlsplit(left["Location"])


def asked(apex, sent) -> str:
    """Return the callback that the platform sends the browser to."""
    answer = apex.get(f"{sent.path}?{sent.query}")
    assert answer.status_code == 302, answer.content.decode()[:400]
    return answer["Location"]


def back(browser, callback):
    parts = urlsplit(callback)
    return browser.get(f"{parts.path}?{parts.query}")


def enter(apex, city, client_for):
    browser, sent = start(city, client_for)
    return browser, back(browser, asked(apex, sent))


def test_my_regions_and_a_way_into_each(apex, region, other_region, client_for) -> None:
    page = apex.get("/regions/").content.decode()
    for city in (region, other_region):
        assert city.name in page
        assert f"{city.base_url}/partners/enter/" in page
    for city, days in ((region, 20), (other_region, 40)):
        browser, answer = enter(apex, city, client_for)
        assert answer.status_code == 302, answer.content.decode()[:500]
        assert answer["Location"] == "/desk/partners/"
        desk = browser.get("/desk/partners/").content.decode()
        assert "/regions/" in desk, "the way to change the region"
        with region_context(city):
            user = User.objects.get(email=EMAIL)
            held = Membership.objects.get(user=user)
            assert (held.role, held.agency) == ("partner", None)
            last = timezone.localdate(held.valid_until, city.zone) - timedelta(days=1)
            assert last == TODAY() + timedelta(days=days)
            row = Delegate.objects.get()
            assert row.used_at
            assert row.user == user
            assert Entry.objects.filter(action="partners.delegate_entered").count() == 1
        assert browser.get("/console/").status_code == 403
    with platform():
        assert Entry.objects.filter(action="partner_access.used").count() == 2
        assert not Token.objects.exists(), "nothing is left to be stolen"
    with region_context(region):
        first = Delegate.objects.get().subject
    with region_context(other_region):
        assert Delegate.objects.get().subject != first, "two regions cannot compare notes"
    enter(apex, region, client_for)
    with region_context(region):
        assert User.objects.filter(email=EMAIL).count() == Seat.objects.count() == 1


def test_a_session_counts_as_one_with_a_second_factor_only_by_the_platform(
    apex, region, client_for, monkeypatch
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "always")
    browser, _answer = enter(apex, region, client_for)
    assert browser.get("/desk/partners/").status_code == 200
    with region_context(region):
        assert browser.session.get_expiry_age() <= 12 * 3600
        user = User.objects.get(email=EMAIL)
    by_code = client_for(region, user)
    assert "/accounts/second-factor/" in by_code.get("/desk/partners/")["Location"]


def test_nobody_without_a_second_factor_gets_a_code(
    granted, region, client_for, monkeypatch
) -> None:
    browser = Apex()
    _city, sent = start(region, client_for)
    assert "/accounts/login/" in browser.get(f"{sent.path}?{sent.query}")["Location"]
    browser.force_login(person(factor=False))
    monkeypatch.setattr(settings, "SECOND_FACTOR", "live")
    assert "/accounts/second-factor/" in asked(browser, sent)
    assert "/accounts/second-factor/" in browser.get("/regions/").content.decode()


def test_partners_people_are_no_operators_and_operators_no_partners_people(
    apex, region, client_for
) -> None:
    user = person()
    with platform():
        assert not user.has_perm("provisioning.view_opening")
        assert not user.is_staff
    assert apex.get("/operator/").status_code == 302
    assert "/operator/login/" in apex.get("/operator/")["Location"]
    with platform():
        User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    assert apex.get("/regions/")["Location"] == "/operations/"
    _browser, sent = start(region, client_for)
    assert apex.get(f"{sent.path}?{sent.query}").status_code == 403


def test_a_closed_account_leaves_no_address_at_the_platform(
    apex, region, other_region, client_for
) -> None:
    user = person()
    assert "/regions/close/" in apex.get("/regions/").content.decode()
    assert 'method="post"' in apex.get("/regions/close/").content.decode()
    assert "reauthenticate" in apex.post("/regions/close/")["Location"], "who has a factor shows it"
    with platform():
        reauthenticate(apex, user)
    closed = apex.post("/regions/close/")
    assert closed.status_code == 200
    assert apex.get("/regions/").status_code == 302, "signed out"
    _browser, sent = start(region, client_for)
    assert "/login/" in apex.get(f"{sent.path}?{sent.query}")["Location"]
    with region_context(other_region):
        agreements.save_cooperation(partner=Partner.objects.get(slug="polres"), told=paper())
        delegates.follow_papers(partner=Partner.objects.get(slug="polres"))
        told()  # the region tells the platform once more
    with platform():
        user.refresh_from_db()
        assert (user.name, user.email, user.is_active) == ("", None, False)
        assert set(PartnerAccess.objects.values_list("email", "until")) == {("", None)}
        assert PartnerAccess.objects.count() == 2
        assert not User.objects.filter(email=EMAIL).exists()
        assert Entry.objects.filter(action="account.closed").count() == 1
    with region_context(other_region):
        row = Delegate.objects.get()
        assert row.email == EMAIL, "the region decides what it keeps"
        delegates.withdraw(delegate=row, reason="x")
        delegates.grant(partner=row.partner, email=EMAIL, name="Budi", ends_on=TODAY())
        told()
    with platform():
        assert User.objects.get(email=EMAIL).pk != user.pk
        User.objects.filter(email=EMAIL).update(is_superuser=True)
        with pytest.raises(PermissionDenied):
            services.close(User.objects.get(email=EMAIL))


def test_i09_a_code_of_one_region_is_refused_at_the_other(
    apex, region, other_region, client_for
) -> None:
    _at_a, sent_a = start(region, client_for)
    code = parse_qs(urlsplit(asked(apex, sent_a)).query)["code"][0]
    at_b, sent_b = start(other_region, client_for)
    state = dict(parse_qsl(sent_b.query))["state"]
    stolen = at_b.get(f"/partners/enter/back/?{urlencode({'code': code, 'state': state})}")
    assert stolen.status_code == 403
    with region_context(other_region):
        assert not User.objects.filter(email=EMAIL).exists()
    at_a, sent = start(region, client_for)
    callback = asked(apex, sent)
    assert back(client_for(region), callback).status_code == 403, "another browser"
    moved = callback.replace(urlsplit(callback).netloc, other_region.host)
    assert back(client_for(other_region), moved).status_code == 403
    assert back(at_a, callback).status_code == 302, "control"
    assert back(at_a, callback).status_code == 403, "once"


def test_i09_what_an_id_token_must_say(apex, region, other_region, client_for) -> None:
    _browser, sent = start(region, client_for)
    client = dict(parse_qsl(sent.query))["client_id"]
    now = int(timezone.now().timestamp())
    apex_url = f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}"
    good = {"iss": apex_url, "aud": client, "sub": "0" * 32, "nonce": "n", "iat": now,
            "exp": now + 60}  # fmt: skip
    with platform():
        kid = exchange._published()["keys"][0]["kid"]

    def check(key=KEY, algorithm="RS256", header=kid, nonce="n", **changes):
        claims = {name: told for name, told in {**good, **changes}.items() if told is not None}
        token = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": header})
        return exchange.verified(token, client=client, nonce=nonce)

    assert check()["aud"] == client, "control"
    other = client.replace("tangerang", "purworejo")
    wrong = (
        {"aud": other}, {"aud": [client, other]}, {"iss": other_region.base_url},
        {"exp": now - 60}, {"iat": now + 600}, {"nonce": "m"}, {"nonce": None}, {"exp": None},
        {"header": "unknown"}, {"key": "x" * 40, "algorithm": "HS256"},
    )  # fmt: skip
    for changes in wrong:
        with pytest.raises(NotProven):
            check(**changes)
    with pytest.raises(NotProven):
        check(nonce="")
    with pytest.raises(NotProven):
        exchange.verified("", client=client, nonce="n")


def test_what_the_platform_believes_alone_opens_nothing(apex, region, client_for) -> None:
    far = TODAY() + timedelta(days=9000)
    with platform():
        PartnerAccess.objects.update(until=far, role="admin")
    browser, answer = enter(apex, region, client_for)
    assert answer.status_code == 302
    with region_context(region):
        held = Membership.objects.get(user__email=EMAIL)
        assert held.role == "partner"
        assert held.valid_until < timezone.now() + timedelta(days=22)
    assert browser.get("/console/").status_code == 403
    with region_context(region):
        Delegate.objects.update(ends_on=TODAY() - timedelta(days=1))
    assert enter(apex, region, client_for)[1].status_code == 403, "over"
    with region_context(region):
        Delegate.objects.update(ends_on=far, subject="12345678123456781234567812345678")
    assert enter(apex, region, client_for)[1].status_code == 403, "another platform account"
    with region_context(region):
        Delegate.objects.all().delete()
    assert enter(apex, region, client_for)[1].status_code == 403, "never granted"


def test_withdrawn_ends_at_once_here_and_touches_no_other_region(
    apex, region, other_region, client_for, make_user
) -> None:
    here, _answer = enter(apex, region, client_for)
    there, _answer = enter(apex, other_region, client_for)
    admin = client_for(region, make_user("admin", city=region))
    with region_context(region):
        row = Delegate.objects.select_related("partner").get()
    page = admin.get(f"/console/partners/{row.partner.uuid}/").content.decode()
    assert EMAIL in page
    url = reverse("partners_console:delegate-withdraw", args=[row.uuid],
                  urlconf="balai.urls_region")  # fmt: skip
    assert admin.post(url, {"reason": ""}).status_code == 422
    assert admin.post(url, {"reason": "Pindah tugas"}).status_code == 302
    assert "/accounts/login/" in here.get("/desk/partners/")["Location"]
    with region_context(region):
        assert not Membership.objects.filter(user__email=EMAIL).exists()
        assert not Seat.objects.exists()
        assert Entry.objects.filter(action="partners.delegate_withdrawn").exists()
    assert enter(apex, region, client_for)[1].status_code == 403, "before the platform knows"
    with region_context(region):
        told()
    page = apex.get("/regions/").content.decode()
    assert region.name not in page
    assert other_region.name in page
    _browser, sent = start(region, client_for)
    assert apex.get(f"{sent.path}?{sent.query}").status_code == 403, "no code any more"
    assert there.get("/desk/partners/").status_code == 200


def test_it_ends_with_the_co_operation_the_day_and_the_module(
    apex, region, client_for, in_region
) -> None:
    browser, _answer = enter(apex, region, client_for)
    assert browser.get("/desk/partners/").status_code == 200
    with region_context(region):
        police = Partner.objects.get(slug="polres")
        agreements.end_cooperation(cooperation=police.cooperations.get(), reason="Selesai")
        told()
    assert browser.get("/desk/partners/").status_code == 302
    assert region.name not in apex.get("/regions/").content.decode()
    with region_context(region):
        agreements.save_cooperation(partner=police, told=paper(number="PKS/9/2026"))
        told()
    browser, answer = enter(apex, region, client_for)
    assert answer.status_code == 302
    with region_context(region):
        Seat.objects.update(until=TODAY() - timedelta(days=1))
        Membership.objects.update(valid_until=timezone.now() + timedelta(days=3))
        user = User.objects.get(email=EMAIL)
        from modules.partners.selectors import reach

        assert reach.seats(user) == [], "the seat itself has a last day"
        Membership.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    assert browser.get("/desk/partners/").status_code == 403


def test_who_may_be_let_in(in_region, police, make_user, at) -> None:
    day = TODAY() + timedelta(days=5)

    def grant(email, ends_on=day):
        return delegates.grant(partner=police, email=email, name="B", ends_on=ends_on)

    with pytest.raises(NotAllowed):
        grant(EMAIL)
    agreements.save_cooperation(partner=police, told=paper())
    officer = make_user("coordinator", email="ani@tangerangkota.go.id")
    for email in (officer.email, "budi@gmail.com", "budi@xgo.id", "budi@go.id.evil.com"):
        with pytest.raises(NotAllowed):
            grant(email)
    with pytest.raises(NotAllowed):
        grant(EMAIL, TODAY() - timedelta(days=1))
    assert grant("piket2@polres.test").pk, "the domain of a contact"
    assert grant(EMAIL).pk == grant(EMAIL, day + timedelta(days=1)).pk
    admin = at(make_user("admin"))
    url = reverse("partners_console:delegate-new", args=[police.uuid])
    assert admin.post(url, {"name": "Budi", "email": "x@gmail.com", "ends_on": str(day)}
                      ).status_code == 422  # fmt: skip
    sent = {"name": "Sari", "email": "sari@polri.go.id", "ends_on": str(day)}
    assert admin.post(url, sent).status_code == 302
    assert Delegate.objects.filter(email="sari@polri.go.id").exists()
    event = Event.objects.filter(topic="partners.delegate").order_by("-id").first()
    assert EMAIL not in json.dumps(dict(event.payload)), "ids only"
    receivers.invite(event.data())
    from balai.notify.models import Message as Mail

    assert Mail.objects.filter(template="partners/delegate").count() == 1


def test_somebody_who_had_typed_the_address_in_before_stays_outside(
    apex, region, client_for
) -> None:
    with region_context(region):
        squatter = User.objects.create_user(email=EMAIL, password="sandi-si-penyusup")
        at_home = client_for(region, squatter)
    browser, answer = enter(apex, region, client_for)
    assert answer.status_code == 302
    with region_context(region):
        user = User.objects.get(email=EMAIL)
        assert user.pk == squatter.pk
        assert not user.has_usable_password()
    assert at_home.get("/desk/partners/").status_code == 302
    assert browser.get("/desk/partners/").status_code == 200


def test_the_list_takes_the_same_queries_for_one_and_three(
    apex, region, other_region, django_assert_num_queries
) -> None:
    with platform():
        rows = list(PartnerAccess.objects.all())
        PartnerAccess.objects.filter(pk=rows[0].pk).update(until=None)
    with django_assert_num_queries(10):
        apex.get("/regions/")
    with platform():
        PartnerAccess.objects.filter(pk=rows[0].pk).update(until=TODAY())
        rows[1].pk, rows[1].key = None, rows[0].key
        rows[1].save(force_insert=True)
    with django_assert_num_queries(10):
        assert apex.get("/regions/").content.decode().count("/partners/enter/") == 3


def test_the_console_shows_delegates_with_the_same_queries(
    in_region, police, make_user, at, django_assert_max_num_queries
) -> None:
    agreements.save_cooperation(partner=police, told=paper())
    admin, page = at(make_user("admin")), f"/console/partners/{police.uuid}/"
    counts = []
    for total in (1, 3):
        for at_ in range(total):
            email = f"orang{at_}@polri.go.id"
            delegates.grant(partner=police, email=email, name="A", ends_on=TODAY())
        admin.get(page)
        with django_assert_max_num_queries(99) as seen:
            assert admin.get(page).content.decode().count("@polri.go.id") == total
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_region_is_made_a_client_once_and_follows_its_address(
    apex, region, client_for, monkeypatch
) -> None:
    start(region, client_for)
    with platform():
        row = Row.objects.get()
        assert row.redirect_uris == f"{region.base_url}/partners/enter/back/"
        assert row.secret.startswith("sha256_random$")
        Row.objects.update(redirect_uris="https://lama.test/")
    start(region, client_for)
    with platform():
        assert Row.objects.get().redirect_uris == row.redirect_uris
    assert people.ROLE == "partner"
