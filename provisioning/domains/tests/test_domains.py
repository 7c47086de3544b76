"""I-04: an own domain counts after its TXT proof, is re-checked, and stays nobody's for 90 days."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import platform, region_context
from provisioning.domains import daily, services, tls
from provisioning.domains.dns import Problem
from provisioning.domains.tests.server import serve
from provisioning.models import BillingAccount, LifeNotice, OwnDomain, Plan
from tenants import directory
from tenants.models import Domain, Region, RetiredName

pytestmark = pytest.mark.django_db
NAME = "layanan.tangerangkota.go.id"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def server():
    with serve() as zone:
        yield zone


@pytest.fixture
def zone(server, settings):
    server.records.clear()
    server.broken.clear()
    settings.DNS_SERVERS = [f"127.0.0.1:{server.port}"]
    return server


def _live(region, plan: str) -> None:
    """Make the region the official service, with a plan."""
    with platform():
        told = {"plan": Plan.objects.get(slug=plan)}
        BillingAccount.objects.update_or_create(region_id=region.id, defaults=told)
        Region.objects.filter(pk=region.id).update(state="active")
    directory.invalidate()


@pytest.fixture
def console(region, make_user, client_for):
    return client_for(region, make_user("admin", city=region))


def _add(region, name: str = NAME) -> OwnDomain:
    with region_context(directory.by_schema(region.schema)):
        return services.add(typed=name, by="Ani")


def _look(own: OwnDomain, now=None) -> OwnDomain:
    with platform():
        daily.look(own.pk, now=now)
        directory.invalidate()
        own.refresh_from_db()
    return own


def _get(host: str, path: str = "/about/?a=1", **more):
    return Client().get(path, headers={"host": host}, **more)


def _prove(zone, own: OwnDomain) -> OwnDomain:
    zone.txt(f"_balai.{own.name}", "v=spf1 -all", f"balai={own.token}")
    return _look(own)


def test_i04_a_domain_counts_only_after_its_proof(region, zone) -> None:
    own = _add(region, " LAYANAN.tangerangkota.go.id. ")
    assert own.name == NAME and _get(NAME).status_code == 404
    steps = [
        (lambda: None, Problem.MISSING),
        (lambda: zone.txt(f"_balai.{NAME}", "balai=somebody-else", own.token), Problem.OTHER),
        (lambda: zone.broken.add(f"_balai.{NAME}."), Problem.SILENT),
    ]
    for prepare, problem in steps:
        prepare()
        assert _look(own).problem == problem
        assert _get(NAME).status_code == 404 and not tls.allowed(NAME)
    zone.broken.clear()
    zone.a(NAME, "203.0.113.7")
    zone.a(region.host.partition(":")[0], "203.0.113.7")
    proved = _prove(zone, own)
    assert (proved.problem, proved.points_here, proved.failing_since) == ("", True, None)
    moved = _get(NAME)
    assert (moved.status_code, moved["Location"]) == (302, f"{region.base_url}/about/?a=1")
    with region_context(region):
        assert {"domain.added", "domain.proved"} <= set(
            Entry.objects.values_list("action", flat=True)
        )


def test_i04_names_that_cannot_be_are_refused(region, other_region, zone) -> None:
    bad = ["", "x", "localhost", "tangerang.localhost", "foo.localhost", "10.0.0.7", "a_b.go.id",
           "user@kota.go.id", "kota.go.id/path", "-kota.go.id", "kota..go.id", "kota.test",
           "[::1]", "kota.go.id:80", "a" * 64 + ".go.id"]  # fmt: skip
    for name in bad:
        with pytest.raises(ValidationError):
            _add(region, name)
    idn = _add(region, "bücher.kota.go.id")
    assert idn.name == "xn--bcher-kva.kota.go.id"
    with pytest.raises(ValidationError):
        _add(region, "XN--BCHER-KVA.kota.go.id")
    _prove(zone, _add(region))
    with pytest.raises(ValidationError):
        _add(other_region)
    _live(region, "standard-m")
    with pytest.raises(ValidationError) as error:
        _add(region, "lain.kota.go.id")
    assert error.value.code == "plan"
    _live(region, "plus-m")
    assert _add(region, "lain.kota.go.id").pk


def test_i04_unproved_names_block_nobody_and_each_region_has_its_token(
    region, other_region, zone
) -> None:
    squatter, owner = _add(other_region), _add(region)
    assert squatter.token != owner.token
    assert _add(region, "dua.tangerangkota.go.id").token == owner.token
    _prove(zone, owner)
    assert _look(squatter).problem == Problem.OTHER
    zone.txt(f"_balai.{NAME}", f"balai={owner.token}", f"balai={squatter.token}")
    assert _look(squatter).problem == Problem.TAKEN
    with platform():
        assert Domain.objects.get(domain=NAME).tenant_id == region.id


def test_i04_a_lost_proof_is_told_after_3_days_and_ends_the_trust_after_14(region, zone) -> None:
    own = _prove(zone, _add(region))
    now = timezone.now()
    zone.records.clear()
    for day in range(14):
        _look(own, now + day * DAY)
        assert _get(NAME).status_code == 302
    with platform():
        told = LifeNotice.objects.filter(region_id=region.id, template__startswith="domain")
        assert [item.template for item in told] == ["domain_failing"]
        assert Domain.objects.get(domain=NAME).verified_at
    for _twice in range(2):
        _look(own, now + 14 * DAY)
    assert _get(NAME).status_code == 404 and not tls.allowed(NAME)
    assert _get(region.host).status_code == 200
    with platform():
        assert told.filter(template="domain_lost").count() == 1
    _prove(zone, own)
    assert _get(NAME).status_code == 302


def test_i04_one_primary_the_others_lead_there_and_never_in_a_circle(region, zone, console) -> None:
    own = _prove(zone, _add(region))
    with platform():
        domain = Domain.objects.get(domain=NAME)
    assert "passkey" in console.get(f"/console/domains/main/{domain.pk}/").content.decode()
    assert console.post(f"/console/domains/main/{domain.pk}/").status_code == 302
    directory.invalidate()
    host = region.host.partition(":")[0]
    with platform():
        marked = Domain.objects.filter(tenant_id=region.id, is_primary=True)
        assert [item.domain for item in marked] == [NAME]
    moved = _get(host, "/news/?page=2")
    assert moved.status_code == 302
    port = region.host.partition(":")[2]
    assert moved["Location"].split("://")[1] == f"{NAME}:{port}/news/?page=2"
    here = _get(f"{NAME}:{port}", "/about/")
    assert here.status_code == 200
    assert "balai_csrf" in _get(f"{NAME}:{port}", "/accounts/login/").cookies
    issuer = _get(f"{NAME}:{port}", "/.well-known/openid-configuration").json()["issuer"]
    assert issuer.split("://")[1] == f"{NAME}:{port}"
    with platform():
        services.distrust(own)
    directory.invalidate()
    assert _get(host, "/about/").status_code == 200, "the platform's address goes on"
    with region_context(region), pytest.raises(ValidationError):
        services.prefer(domain, by="Ani")


def test_i04_a_removed_domain_is_nobodys_for_90_days(region, other_region, zone, console) -> None:
    own = _prove(zone, _add(region))
    with platform():
        services_domain = Domain.objects.get(domain=NAME)
    console.post(f"/console/domains/main/{services_domain.pk}/")
    directory.invalidate()
    with region_context(directory.by_schema(region.schema)):
        services.remove(own)
    directory.invalidate()
    assert _get(NAME).status_code == 404
    assert _get(region.host, "/about/").status_code == 200
    for city in (region, other_region):
        with pytest.raises(ValidationError):
            _add(city)
    with platform():
        held = RetiredName.objects.get(name=NAME)
        assert timedelta(days=89) < held.free_after - timezone.now() <= timedelta(days=90)
        RetiredName.objects.update(free_after=timezone.now())
    assert _add(other_region).name == NAME


def test_the_page_says_what_to_do_and_keeps_what_was_typed(region, zone, console, settings) -> None:
    settings.SECOND_FACTOR = "never"  # tested with the accounts
    assert "layanan.kota.go.id" in console.get("/console/domains/").content.decode()
    bad = console.post("/console/domains/", {"name": "not a name"})
    assert bad.status_code == 422 and "not a name" in bad.content.decode()
    assert console.post("/console/domains/", {"name": NAME}).status_code == 302
    with platform():
        own = OwnDomain.objects.get()
    page = console.get("/console/domains/").content.decode()
    assert f"_balai.{NAME}" in page and f"balai={own.token}" in page
    zone.txt(f"_balai.{NAME}", f"balai={own.token}")
    for _twice in range(2):  # the second comes too soon, and says so
        assert console.post(f"/console/domains/{own.pk}/check/").status_code == 302
    with platform():
        assert Domain.objects.get(domain=NAME).is_trusted
    _live(region, "standard-m")
    page = console.get("/console/domains/").content.decode()
    assert 'name="name"' not in page and "Plus" in page
    assert console.get(f"/console/domains/{own.pk}/remove/").status_code == 200


def test_certificates_are_fetched_for_trusted_names_only(region, zone, settings) -> None:
    _prove(zone, _add(region))
    _add(region, "lain.kota.go.id")
    settings.TLS_TOKEN = "proxy-secret"

    def ask(domain: str, **headers: str) -> int:
        client = Client(HTTP_HOST="10.0.0.7")
        return client.get(tls.PATH, {"domain": domain}, headers=headers).status_code

    host = region.host.partition(":")[0]
    assert [ask(name) for name in ("localhost", host, NAME, NAME.upper())] == [200] * 4
    assert [ask(name) for name in ("", "lain.kota.go.id", "x.localhost", "b@d")] == [403] * 4
    assert ask(NAME, x_forwarded_for="1.2.3.4") == 403
    proof = {"x_forwarded_for": "1.2.3.4", "authorization": "Bearer proxy-secret"}
    assert ask(NAME, **proof) == 200
    caches["global"].delete(f"tls_seen:{NAME}")  # an earlier run's, good for an hour
    assert _get(NAME, secure=True).status_code in (301, 302)
    with platform():
        assert OwnDomain.objects.get(name=NAME).https_seen_at is not None
        Region.objects.filter(pk=region.id).update(state="closed")
    directory.invalidate()
    assert ask(NAME) == 403


def test_a_flood_of_questions_for_certificates_is_slowed_down(monkeypatch) -> None:
    monkeypatch.setattr(tls, "PER_MINUTE", 3)
    answers = [
        Client(HTTP_HOST="x").get(tls.PATH, {"domain": f"{n}.go.id"}).status_code for n in range(5)
    ]
    assert answers[-1] == 429
