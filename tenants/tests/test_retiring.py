"""I-04: a closed region's addresses stay empty for 90 days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from balai.context import platform
from tenants import naming, retiring, selectors
from tenants.models import Region, RetiredName
from tenants.states import NEXT, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_platform():
    with platform():
        yield


def _closed(region) -> Region:
    Region.objects.filter(pk=region.id).update(state=State.CLOSED)
    return Region.objects.get(pk=region.id)


def test_names_of_a_living_region_are_not_taken_away(region, on_platform) -> None:
    with pytest.raises(ValueError, match="not closed"):
        retiring.retire_names(Region.objects.get(pk=region.id))


@pytest.mark.parametrize(
    "slug",
    ["", "ab", "1kota", "Kota", "kota_a", "kota.a", "-kota", "kota-", "ko--ta", "a" * 42, "api"],
)
def test_slugs_that_cannot_be(slug: str) -> None:
    with pytest.raises(ValidationError):
        naming.validate_slug(slug)


def test_i04_names_of_a_closed_region_are_held_back(region, on_platform) -> None:
    row = _closed(region)
    domain = row.domains.get().domain
    retiring.retire_names(row)
    for refused in (
        lambda: retiring.check_slug(region.slug),
        lambda: retiring.check_domain(domain.upper() + "."),
    ):
        with pytest.raises(ValidationError, match="taken|dipakai"):
            refused()
    assert selectors.region_by_host(domain) is None
    RetiredName.objects.update(free_after=timezone.now() - timedelta(seconds=1))
    retiring.check_slug(region.slug)
    assert retiring.check_domain(domain) == domain
    held = RetiredName.objects.values_list("retired_at", flat=True)
    assert len(held) == 2


def test_i04_the_quarantine_is_ninety_days(region, on_platform) -> None:
    now = timezone.now()
    retiring.retire_names(_closed(region), now=now)
    ends = set(RetiredName.objects.values_list("free_after", flat=True))
    assert ends == {now + timedelta(days=90)}


def test_the_tombstone_gives_code_slug_and_schema_free(region, on_platform) -> None:
    row = _closed(region)
    retiring.retire_names(row)
    heir = Region.objects.create(
        slug=row.slug, code=row.code, name=row.name, kind=row.kind, province=row.province
    )
    assert (heir.schema_name, row.state) == (region.schema, State.CLOSED)


def test_addresses_in_use_are_taken(region, on_platform) -> None:
    with pytest.raises(ValidationError):
        retiring.check_slug(region.slug)
    with pytest.raises(ValidationError):
        retiring.check_domain(region.host.partition(":")[0])
    with pytest.raises(ValidationError):
        retiring.check_domain("no domain")


def test_every_state_has_its_next_ones() -> None:
    assert set(NEXT) == set(State)
    assert NEXT[State.CLOSED] == frozenset()
    reachable = {State.REQUESTED}
    while more := {after for state in reachable for after in NEXT[state]} - reachable:
        reachable |= more
    assert reachable == set(State)
