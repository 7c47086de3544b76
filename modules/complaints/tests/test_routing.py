"""Rules offer an agency: first match, tried out before it is saved, taken back if it was wrong."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.directory.models import Agency, Area
from modules.complaints import services
from modules.complaints.models import Category, Complaint, Entry, RoutingRule
from modules.complaints.selectors import rules as rulebook
from modules.complaints.selectors.rules import Rule
from modules.complaints.services import routing
from modules.complaints.tests.conftest import own_queries
from modules.complaints.workflow import NotAllowed

PAGE = "/console/complaints/rules/"


@pytest.fixture
def add(in_region: Region) -> Callable[..., RoutingRule]:
    """Return a function that adds a rule at the end."""

    def make(**told: object) -> RoutingRule:
        told.setdefault("name", "Aturan")
        return RoutingRule.objects.create(position=RoutingRule.objects.count(), **told)

    return make


def test_without_rules_the_kinds_agency_else_the_coordinator(
    make_report: Callable, agency: Agency, lamps: Category
) -> None:
    offered = routing.suggest(make_report())
    assert (offered.agency, offered.rule) == (agency, None)
    Category.objects.filter(pk=lamps.pk).update(agency=None)
    lamps.refresh_from_db()
    offered = routing.suggest(make_report(category=lamps))
    assert (offered.agency, offered.rule) == (None, None)
    assert offered.reason


def test_the_first_active_rule_that_fits_wins(
    make_report: Callable, add: Callable, agency: Agency, other_agency: Agency, lamps: Category
) -> None:
    add(category=lamps, agency=other_agency, active=False)
    add(category=lamps, words="banjir", agency=other_agency)
    wins = add(name="Gerbang", words="gerbang sekolah", agency=other_agency)
    add(category=lamps, agency=agency)
    offered = routing.suggest(make_report())
    assert (offered.agency, offered.rule.uuid) == (other_agency, wins.uuid)
    assert "Gerbang" in offered.reason


def test_a_group_covers_its_kinds_and_a_kecamatan_its_kelurahan(
    make_report: Callable, add: Callable, other_agency: Agency, lamps: Category, village: Area
) -> None:
    rule = add(category=lamps.parent, area=village.parent, agency=other_agency)
    assert routing.suggest(make_report()).agency == other_agency
    elsewhere = Area.objects.filter(kind=Area.Kind.DISTRICT).exclude(pk=village.parent_id).first()
    RoutingRule.objects.filter(pk=rule.pk).update(area=elsewhere)
    assert routing.suggest(make_report()).agency != other_agency


def test_a_rule_may_leave_a_report_to_the_coordinator(make_report: Callable, add: Callable) -> None:
    add(words="gelap", agency=None)
    offered = routing.suggest(make_report())
    assert (offered.agency, offered.rule is not None) == (None, True)


def test_closed_agencies_are_passed_over(
    make_report: Callable, add: Callable, agency: Agency, other_agency: Agency
) -> None:
    add(words="lampu", agency=other_agency)
    Agency.objects.filter(pk=other_agency.pk).update(active=False)
    assert routing.suggest(make_report()).agency == agency


def test_an_agency_that_said_not_ours_is_not_offered_again(
    routed: Callable, officer: object, agency: Agency
) -> None:
    report = services.refuse(complaint=routed(), reason="Bukan aset kami.", by=officer)
    offered = routing.suggest(report)
    assert offered.agency is None
    assert agency.short_name in offered.reason


def test_the_kelurahan_goes_first_only_where_asked_and_with_a_pin(
    make_report: Callable, with_settings: Callable, village: Area, agency: Agency
) -> None:
    office = Agency.objects.filter(kind=Agency.Kind.KELURAHAN, area=village).first()
    office = office or Agency.objects.create(
        code="kel-coba", kind=Agency.Kind.KELURAHAN, name="Kelurahan Coba", short_name="Coba",
        area=village,
    )  # fmt: skip
    pinned, plain = make_report(pin=(-6.17, 106.63)), make_report()
    assert routing.suggest(pinned).agency == agency
    with_settings(village_first=True)
    assert routing.suggest(pinned).agency == office
    assert routing.suggest(plain).agency == agency


def test_the_history_says_that_a_rule_routed_it(
    make_report: Callable, add: Callable, other_agency: Agency, coordinator: object, village: Area
) -> None:
    add(name="Rahasia dapur", area=village.parent, words="lampu", agency=other_agency)
    report = make_report()
    ruling = services.Ruling(agency=other_agency, category=report.category, title=report.title)
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    text = Entry.objects.get(complaint=report, move="verify").text
    assert village.parent.name in text
    assert "Rahasia dapur" not in text


def test_the_verifiers_form_offers_it_with_the_reason(
    make_report: Callable, add: Callable, other_agency: Agency, coordinator: object,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    add(name="Gerbang sekolah", words="gerbang", agency=other_agency)
    page = client_for(in_region, coordinator).get(
        f"/desk/complaints/{make_report().uuid}/?do=verify"
    )
    shown = page.content.decode()
    assert re.search(rf'<option value="{other_agency.pk}" selected', shown)
    assert "Gerbang sekolah" in shown


def test_rules_survive_the_session_and_differ_by_fingerprint() -> None:
    rules = [
        Rule(uuid=uuid4(), name="Satu", words="banjir"),
        Rule(uuid=uuid4(), name="Dua", area=3),
    ]
    again = rulebook.from_json(rulebook.as_json(rules))
    assert again == rules
    assert rulebook.fingerprint(again) == rulebook.fingerprint(rules)
    assert rulebook.fingerprint(rulebook.shifted(rules, rules[0].uuid, 1)) != rulebook.fingerprint(
        rules
    )


def test_replacing_on_an_outdated_view_is_refused(add: Callable) -> None:
    add(words="banjir")
    seen = rulebook.fingerprint(rulebook.current())
    add(words="pohon")
    with pytest.raises(NotAllowed):
        routing.replace(rules=[], expected=seen, what="deleted")
    assert RoutingRule.objects.count() == 2


def _order() -> list[object]:
    return list(RoutingRule.objects.values_list("uuid", flat=True))


def _hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page).group(1)


def test_an_admin_tries_out_then_saves_and_takes_back(
    make_user: Callable, client_for: Callable, in_region: Region, make_report: Callable,
    other_agency: Agency, agency: Agency,
) -> None:  # fmt: skip
    report = make_report()
    make_report(text="Sampah menumpuk di belakang pasar sejak tiga hari, baunya menyengat.")
    client = client_for(in_region, make_user("admin"))
    values = {
        "name": "Gerbang",
        "words": "gerbang sekolah",
        "agency": other_agency.pk,
        "active": "on",
    }
    assert client.post(f"{PAGE}new/", {**values, "words": ""}).status_code == 422
    assert client.post(f"{PAGE}new/", {**values, "words": ",!"}).status_code == 422
    tried = client.post(f"{PAGE}new/", {**values, "do": "try"}).content.decode()
    assert report.number in tried
    assert agency.short_name in tried
    assert not RoutingRule.objects.exists()

    mark, made = _hidden(tried, "tried"), _hidden(tried, "made")
    other = client.post(
        f"{PAGE}new/", {**values, "words": "sampah", "do": "save", "tried": mark, "made": made}
    )
    assert other.status_code == 200, "another rule than the one tried out is not saved"
    assert not RoutingRule.objects.exists()
    saved = client.post(f"{PAGE}new/", {**values, "do": "save", "tried": mark, "made": made})
    assert saved.status_code == 302
    rule = RoutingRule.objects.get()
    assert (rule.name, rule.agency) == ("Gerbang", other_agency)
    assert routing.suggest(report).agency == other_agency
    assert AuditEntry.objects.filter(action="complaints.rules_added").exists()

    asked = client.get(f"{PAGE}{rule.uuid}/delete/").content.decode()
    assert report.number in asked
    assert client.post(f"{PAGE}{rule.uuid}/delete/").status_code == 200, "without a try-out it asks"
    assert RoutingRule.objects.exists()
    assert (
        client.post(f"{PAGE}{rule.uuid}/delete/", {"tried": _hidden(asked, "tried")}).status_code
        == 302
    )
    assert not RoutingRule.objects.exists()
    assert client.post(f"{PAGE}undo/").status_code == 302
    assert RoutingRule.objects.get().uuid == rule.uuid


def test_moving_asks_only_when_a_report_would_go_elsewhere(
    make_user: Callable, client_for: Callable, in_region: Region, make_report: Callable,
    add: Callable, other_agency: Agency, agency: Agency,
) -> None:  # fmt: skip
    one, two = add(words="banjir", agency=other_agency), add(words="lampu", agency=other_agency)
    three = add(words="gelap", agency=agency)
    make_report()
    client = client_for(in_region, make_user("admin"))
    assert client.post(f"{PAGE}{one.uuid}/move/", {"to": "down"}).status_code == 302
    assert list(RoutingRule.objects.values_list("uuid", flat=True)) == [
        two.uuid,
        one.uuid,
        three.uuid,
    ]
    client.post(f"{PAGE}{one.uuid}/move/", {"to": "down"})
    asked = client.post(f"{PAGE}{three.uuid}/move/", {"to": "up"})
    assert asked.status_code == 200
    assert list(RoutingRule.objects.values_list("uuid", flat=True)) == [
        two.uuid,
        three.uuid,
        one.uuid,
    ]
    mark = _hidden(asked.content.decode(), "tried")
    done = client.post(f"{PAGE}{three.uuid}/move/", {"to": "up", "tried": mark})
    assert done.status_code == 302
    assert RoutingRule.objects.first().uuid == three.uuid


def test_the_try_out_looks_at_a_thousand_reports_in_two_queries_more(
    make_user: Callable, in_region: Region, make_report: Callable, lamps: Category
) -> None:
    from modules.complaints.selectors import tryout

    sent = make_report()
    Complaint.objects.bulk_create(
        Complaint(
            number=f"TNG-26-9{n:05d}",
            secret_hash="",
            category=lamps,
            title=sent.title,
            text=sent.text,
            created_at=sent.created_at,
        )
        for n in range(1010)
    )
    new = [Rule(uuid=uuid4(), name="Lampu", words="lampu, gelap", agency=None)]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        outcome = tryout.run(Complaint.objects.all(), [], new)
    assert (outcome.looked_at, outcome.moved, len(outcome.shown)) == (1000, 1000, tryout.SHOW)
    assert own_queries(seen) == 2


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    make_user: Callable, client_for: Callable, in_region: Region, add: Callable, village: Area,
    lamps: Category, other_agency: Agency,
) -> None:  # fmt: skip
    client = client_for(in_region, make_user("admin"))
    counts = []
    for _ in range(3):
        add(category=lamps, area=village, agency=other_agency)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[2]


def test_officers_stay_out(officer: object, client_for: Callable, in_region: Region) -> None:
    assert client_for(in_region, officer).get(PAGE).status_code == 403
