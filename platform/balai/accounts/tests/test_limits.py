"""Brute force: limits per region, and over all regions together."""

import pytest
from django.core import mail

from balai.accounts import limits

pytestmark = pytest.mark.django_db


def wrong_passwords(client, login: str, count: int) -> list[str]:
    """Return what the page said to each of ``count`` wrong passwords."""
    said = []
    for number in range(count):
        form = {"login": login, "password": f"salah-{number}-sekali"}
        said.append(str(client.post("/accounts/login/", form).context["form"].non_field_errors()))
    return said


def test_five_wrong_passwords_close_the_account_for_a_while(region, citizen, client_for) -> None:
    said = wrong_passwords(client_for(region), citizen.email, 6)
    assert len(set(said[:5])) == 1
    assert said[5] != said[0]


def test_phone_accounts_are_counted_one_by_one(region, client_for) -> None:
    first = wrong_passwords(client_for(region), "081234567890", 6)
    assert first[5] != first[0]
    (other,) = wrong_passwords(client_for(region), "081299999999", 1)
    assert other == first[0], "another number is not locked"


def test_regions_count_apart_but_share_the_global_limit(
    region, other_region, client_for, settings
) -> None:
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "guess.account": (6, 3600)}
    here = wrong_passwords(client_for(region), "a@contoh.test", 4)
    there = wrong_passwords(client_for(other_region), "a@contoh.test", 3)
    assert len(set(here)) == 1
    assert len(set(there[:2])) == 1
    assert there[2] != there[0], "the seventh try of all regions together"


def test_codes_to_one_address_are_limited_over_all_regions(
    region, other_region, client_for, settings
) -> None:
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "code.recipient": (3, 900)}
    form = {"login": "korban@contoh.test"}
    statuses = [
        client_for(city).post("/accounts/login/", form).status_code
        for city in (region, other_region, region, other_region)
    ]
    assert statuses == [302, 302, 302, 429]
    assert len(mail.outbox) == 3


def test_entrances_are_limited_by_address_over_all_regions(
    region, other_region, client_for, settings
) -> None:
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "entrance.ip": (2, 600)}
    statuses = [
        client_for(city).post("/accounts/login/", {"login": "x"}).status_code
        for city in (region, other_region, region)
    ]
    assert statuses == [200, 200, 429]
    assert client_for(region).get("/accounts/login/").status_code == 200, "reading is free"


def test_the_client_cannot_choose_its_address(region, client_for, settings) -> None:
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "entrance.ip": (2, 600)}
    client = client_for(region)
    statuses = [
        client.post("/accounts/login/", {"login": "x"}, headers={"x-forwarded-for": f"9.9.9.{n}"})
        .status_code
        for n in range(3)
    ]  # fmt: skip
    assert statuses[-1] == 429


def test_behind_a_trusted_proxy_its_last_word_counts(region, client_for, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "entrance.ip": (1, 600)}
    client = client_for(region)

    def status(forwarded: str) -> int:
        header = {"x-forwarded-for": forwarded}
        answer = client.post("/accounts/login/", {"login": "x"}, headers=header)
        return int(answer.status_code)

    assert status("1.1.1.1, 9.9.9.1") == 200
    assert status("2.2.2.2, 9.9.9.1") == 429
    assert status("1.1.1.1, 9.9.9.2") == 200


def test_many_citizens_behind_one_carrier_address_may_sign_in(region, client_for) -> None:
    statuses = {
        client_for(region).post("/accounts/login/", {"login": f"w{n}@contoh.test"}).status_code
        for n in range(40)
    }
    assert statuses == {302}


def test_keys_hold_no_personal_data() -> None:
    key = limits._key("code.recipient", "Siti@contoh.test", 900)
    assert "siti" not in key.lower()
    assert limits._key("code.recipient", " siti@CONTOH.test", 900) == key
