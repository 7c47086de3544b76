"""What is sealed in one city, for one purpose, opens nowhere else (I-09)."""

import dataclasses

import pytest
from django.conf import settings
from django.test import override_settings

from balai import secrets
from balai.context import NoRegionError, Region, region_context


def test_what_was_sealed_comes_back(in_region: Region) -> None:
    sealed = secrets.seal("0812 3456 7890", purpose="trial")
    assert b"0812" not in sealed
    assert sealed != secrets.seal("0812 3456 7890", purpose="trial"), "equal texts do not show"
    assert secrets.unseal(memoryview(sealed), purpose="trial") == "0812 3456 7890"


def test_i09_it_opens_only_here_for_this_purpose(region: Region, other_region: Region) -> None:
    with region_context(region):
        sealed = secrets.seal("rahasia", purpose="trial")
        with pytest.raises(secrets.NotReadable):
            secrets.unseal(sealed, purpose="other")
        with pytest.raises(secrets.NotReadable):
            secrets.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), purpose="trial")
        with pytest.raises(secrets.NotReadable):
            secrets.unseal(b"", purpose="trial")
    with region_context(other_region), pytest.raises(secrets.NotReadable):
        secrets.unseal(sealed, purpose="trial")


def test_equal_texts_have_equal_digests_in_one_city_alone(
    region: Region, other_region: Region
) -> None:
    with region_context(region):
        here = secrets.digest("081234567890", purpose="trial")
        assert here == secrets.digest("081234567890", purpose="trial")
        assert here != secrets.digest("081234567890", purpose="other")
    with region_context(other_region):
        assert here != secrets.digest("081234567890", purpose="trial")


def test_outside_a_region_nothing_is_sealed() -> None:
    with pytest.raises(NoRegionError):
        secrets.seal("x", purpose="trial")


def test_a_region_has_a_key_of_its_own_and_without_it_nothing_opens(region: Region) -> None:
    assert region.wrapped_key
    assert region.wrapped_key.hex() not in repr(region)
    with region_context(region):
        sealed = secrets.seal("rahasia", purpose="trial")
    erased = dataclasses.replace(region, wrapped_key=b"")
    with region_context(erased), pytest.raises(secrets.NotReadable):
        secrets.unseal(sealed, purpose="trial")
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        with region_context(region):
            assert secrets.unseal(sealed, purpose="trial") == "rahasia"
        rewrapped = secrets.wrap(secrets.unwrap(region.wrapped_key))
    with override_settings(SECRET_KEY="new"):
        with region_context(region), pytest.raises(secrets.NotReadable):
            secrets.unseal(sealed, purpose="trial")
        with region_context(dataclasses.replace(region, wrapped_key=rewrapped)):
            assert secrets.unseal(sealed, purpose="trial") == "rahasia"
