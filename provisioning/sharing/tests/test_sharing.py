"""Figures for the province: only under consent, never of fewer than five, gone when taken back."""

from decimal import Decimal

import pytest

from balai.aggregates import Measured, registry, services as figures
from balai.aggregates.models import MonthFigure
from balai.audit.models import Entry
from balai.context import platform, region_context
from provisioning.models import FigureConsent, SharedFigure
from provisioning.sharing import province, services, tasks

pytestmark = pytest.mark.django_db
KEY = "complaints.received"


@pytest.fixture
def admin(region, make_user, client_for):
    return client_for(region, make_user("admin", city=region))


@pytest.fixture
def measured(monkeypatch):
    """Let the modules measure what the test says."""
    values = {KEY: Measured(12, 12), "complaints.resolved": Measured(4, 4),
              "prices.index": Measured(Decimal("101.5"), 2)}  # fmt: skip
    monkeypatch.setattr(registry, "measure", lambda month: dict(values))
    return values


def _copies() -> dict[str, Decimal | None]:
    with platform():
        return dict(SharedFigure.objects.values_list("key", "value"))


def test_nothing_leaves_without_consent(region, measured) -> None:
    with region_context(region):
        assert tasks.take_figures.run() == 0
        assert MonthFigure.objects.count() == 3
        assert tasks.take_figures.run() == 0 and MonthFigure.objects.count() == 3
    assert _copies() == {}


def test_consent_shares_exactly_one_figure_and_is_taken_back_at_once(
    region, other_region, admin, measured, client_for, make_user
) -> None:
    with region_context(region):
        figures.take()
    assert admin.post("/console/sharing/nothing.such/", {"share": "on"}).status_code == 404
    assert admin.post(f"/console/sharing/{KEY}/", {"share": "on"}).status_code == 302
    assert _copies() == {KEY: Decimal(12)}
    foreign = client_for(other_region, make_user("admin", city=other_region))
    foreign.post(f"/console/sharing/{KEY}/", {})
    officer = client_for(region, make_user("leader", city=region))
    assert officer.post(f"/console/sharing/{KEY}/", {}).status_code == 403
    assert _copies() == {KEY: Decimal(12)}
    measured[KEY] = Measured(30, 30)
    with region_context(region):
        tasks.take_figures.run()
    assert _copies() == {KEY: Decimal(30)}
    page = admin.get("/console/sharing/").content.decode()
    assert "Dibagikan" in page or "Shared" in page
    assert admin.post(f"/console/sharing/{KEY}/", {}).status_code == 302
    assert _copies() == {}
    with region_context(region):
        tasks.take_figures.run()
        actions = list(Entry.objects.filter(action__startswith="figure.").order_by("seq"))
    assert [row.action for row in actions] == ["figure.shared", "figure.taken_back"]
    assert _copies() == {}


def test_figures_of_fewer_than_five_never_reach_the_platform(region, make_user, measured) -> None:
    with region_context(region):
        figures.take()
        by = make_user("admin")
        for key in ("complaints.resolved", "prices.index"):
            services.share(key=key, by=by)
        assert [offer.held_back for offer in services.offers() if offer.consent] == [True, False]
    assert _copies() == {"complaints.resolved": None, "prices.index": Decimal("101.50")}
    for basis, kept in ((4, None), (5, Decimal(5))):
        measured["complaints.resolved"] = Measured(basis, basis)
        with region_context(region):
            tasks.take_figures.run()
        assert _copies()["complaints.resolved"] == kept


def test_province_sees_its_own_regions_and_who_shares_nothing(
    region, other_region, make_user, worker, measured, django_assert_num_queries
) -> None:
    banten = worker("province", "36")
    with region_context(region):
        figures.take()
        services.share(key=KEY, by=make_user("admin"))
    with region_context(other_region):
        figures.take()
        services.share(key=KEY, by=make_user("admin"))
    page = banten.get("/operations/province/")
    body = page.content.decode()
    assert [row.name for row in page.context["sharing"]] == ["Kota Tangerang"]
    assert len(page.context["silent"]) == 7 and "Purworejo" not in body
    assert "12" in body
    # somebody else's province cannot be asked for
    assert banten.get("/operations/province/?code=33").context["place"].code == "36"
    lines = b"".join(banten.get("/operations/province/figures.csv").streaming_content).decode()
    tangerang = next(line for line in lines.splitlines() if line.startswith("36.71"))
    assert "12.00" in tangerang and "Purworejo" not in lines
    assert "Kota Serang" in lines
    with platform(), django_assert_num_queries(3):
        province.rows("36")
    with platform():
        FigureConsent.objects.all().delete()  # a copy without its consent is not shown either
        assert not any(row.shares for row in province.rows("36"))
