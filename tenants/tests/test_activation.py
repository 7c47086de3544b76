"""Switching modules: once, honouring plan and requirements, audited, told to everybody."""

from types import SimpleNamespace

import pytest

from balai.audit.models import Entry
from balai.context import platform, region_context
from balai.modules import registry
from balai.outbox.models import Event
from tenants import activation, refusals, selectors
from tenants.models import ModuleSwitch

pytestmark = pytest.mark.django_db
SLUG = "specimen"


def now(region):
    """Return the region as it stands in the database."""
    return selectors.region_by_schema(region.schema)


def entries(region, action: str) -> list[Entry]:
    with region_context(region):
        return list(Entry.objects.filter(action=action, target=SLUG).order_by("seq"))


@pytest.fixture
def needs(monkeypatch):
    """Make the complaints module require the specimen."""
    monkeypatch.setattr(registry.get("complaints"), "requires", (SLUG,))


def test_off_and_on(region) -> None:
    assert activation.switch(region, SLUG, False) is True
    assert SLUG not in now(region).active_modules
    assert activation.switch(region, SLUG, False) is False
    assert activation.switch(region, SLUG, True, reason="wali kota") is True
    assert SLUG in now(region).active_modules
    first, second = entries(region, "module.switched")
    assert (first.after, second.after) == ({"enabled": False}, {"enabled": True})
    assert second.reason == "wali kota"
    with region_context(region):
        told = Event.objects.filter(topic="module.switched", key=SLUG).order_by("id")
        assert [event.payload for event in told] == [{"enabled": False}, {"enabled": True}]


def test_it_is_one_region_s_own_affair(region, other_region) -> None:
    activation.switch(region, SLUG, False)
    assert SLUG in now(other_region).active_modules


def test_a_failing_hook_undoes_the_switch(region, monkeypatch) -> None:
    monkeypatch.setattr(registry.get(SLUG), "deactivated", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        activation.switch(region, SLUG, False)
    assert SLUG in now(region).active_modules
    assert entries(region, "module.switched") == []


def test_what_others_need_stays_on_unless_they_go_too(region, needs) -> None:
    with region_context(region), pytest.raises(refusals.RequirementError) as refusal:
        activation.switch(region, SLUG, False)
    assert [module.slug for module in refusal.value.modules] == ["complaints"]
    assert activation.switch(region, SLUG, False, cascade=True)
    assert now(region).active_modules.isdisjoint({SLUG, "complaints"})
    with pytest.raises(refusals.RequirementError):
        activation.switch(region, "complaints", True)
    assert activation.switch(region, "complaints", True, cascade=True)
    assert now(region).active_modules >= {SLUG, "complaints"}


def test_the_plan_decides_what_may_be_on(region) -> None:
    every = {module.slug for module in registry.installed()}
    activation.allow(region, every - {SLUG})
    assert SLUG not in now(region).active_modules
    with platform():
        assert ModuleSwitch.objects.get(region_id=region.id, slug=SLUG).enabled, "kept for later"
    activation.switch(region, SLUG, False)
    with pytest.raises(refusals.NotInPlanError):
        activation.switch(region, SLUG, True)
    activation.allow(region, every)
    assert activation.switch(region, SLUG, True)


def test_a_module_that_came_with_a_release_starts_off_and_allowed(region) -> None:
    with platform():
        ModuleSwitch.objects.filter(region_id=region.id, slug=SLUG).delete()
    assert SLUG not in now(region).active_modules
    assert activation.switch(region, SLUG, True)
    assert SLUG in now(region).active_modules


def test_unknown_modules_are_refused(region) -> None:
    with pytest.raises(refusals.UnknownModuleError):
        activation.switch(region, "nothing", True)


def test_names_order_and_settings(region) -> None:
    activation.set_label(region, SLUG, " Matur Bupati ")
    activation.set_position(region, SLUG, 0)
    activation.set_settings(region, SLUG, {"greeting": "Halo"})
    fresh = now(region)
    assert fresh.module_labels[SLUG] == "Matur Bupati"
    assert fresh.module_order[0] == SLUG
    assert fresh.module_settings[SLUG]["greeting"] == "Halo"
    with region_context(fresh):
        assert registry.label(registry.get(SLUG)) == "Matur Bupati"
        assert registry.active()[0].slug == SLUG
    for action in ("module.renamed", "module.moved", "module.configured"):
        assert len(entries(region, action)) == 1
    activation.set_label(region, SLUG, "Matur Bupati")
    assert len(entries(region, "module.renamed")) == 1, "no change, no record"


def test_active_slugs_needs_no_query(region, django_assert_num_queries) -> None:
    assert activation.active_slugs() == frozenset()
    with region_context(region), django_assert_num_queries(0):
        assert activation.active_slugs() == region.active_modules


def test_new_modules_come_last() -> None:
    rows = [SimpleNamespace(slug=SLUG, position=3)]
    assert activation.ordered_slugs(rows)[0] == SLUG
