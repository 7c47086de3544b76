"""The context is empty unless set, comes back after errors, and names every key."""

import threading

import pytest

from balai import context, signing
from balai.cache import make_global_key, make_key
from balai.context import NoRegionError, Region, platform, region_context


def city(slug: str) -> Region:
    return Region(
        id=1,
        slug=slug,
        schema=f"r_{slug}",
        role=f"r_{slug}",
        name=slug.title(),
        code="36.71",
        kind="kota",
        timezone="Asia/Jayapura",
        state="active",
        host=f"{slug}.localhost:8000",
    )


def test_nothing_is_active_by_default() -> None:
    assert context.current() is None
    assert context.region_or_none() is None
    for ask in (context.current_region, context.schema, lambda: context.namespaced("key")):
        with pytest.raises(NoRegionError):
            ask()


def test_platform_is_no_region() -> None:
    with platform(), pytest.raises(NoRegionError):
        context.current_region()
    with platform():
        assert context.schema() == "shared"


def test_what_was_active_comes_back_after_an_error() -> None:
    with region_context(city("kota_a")):
        with pytest.raises(ZeroDivisionError), region_context(city("kota_b")):
            raise ZeroDivisionError
        assert context.schema() == "r_kota_a"
    assert context.current() is None


def test_a_new_thread_starts_with_nothing() -> None:
    seen: list[object] = []
    with region_context(city("kota_a")):
        thread = threading.Thread(target=lambda: seen.append(context.current()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_keys_carry_their_region() -> None:
    with region_context(city("kota_a")):
        first = make_key("stat", "", 1)
    with region_context(city("kota_b")):
        second = make_key("stat", "", 1)
    assert first != second
    with pytest.raises(NoRegionError):
        make_key("stat", "", 1)
    assert make_global_key("stat", "", 1) == ":1:global:stat"


def test_i09_a_signature_of_one_city_is_worth_nothing_in_another() -> None:
    with region_context(city("kota_a")):
        token = signing.dumps({"report": 7}, salt="receipt")
        assert signing.loads(token, salt="receipt", max_age=60) == {"report": 7}
        with pytest.raises(signing.BadSignature):
            signing.loads(token, salt="invitation", max_age=60)
    with region_context(city("kota_b")), pytest.raises(signing.BadSignature):
        signing.loads(token, salt="receipt", max_age=60)
    with platform(), pytest.raises(signing.BadSignature):
        signing.loads(token, salt="receipt", max_age=60)
    with pytest.raises(NoRegionError):
        signing.dumps({}, salt="receipt")


def test_zone_is_the_regions_own() -> None:
    assert str(city("sorong").zone) == "Asia/Jayapura"
