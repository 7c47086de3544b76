"""What never reaches the log."""

from datetime import date
from decimal import Decimal

import pytest

from balai.audit.redaction import HIDDEN, clean, clean_text


@pytest.mark.parametrize(
    "text",
    [
        "tulis ke siti.aminah@contoh.id ya",
        "NIK 3671014501900001 salah",
        "telepon +6281234567890",
        "telepon 081234567890",
    ],
)
def test_personal_data_in_text_is_hidden(text: str) -> None:
    cleaned = clean_text(text)
    assert HIDDEN in cleaned
    assert not any(part in cleaned for part in ("aminah", "3671014501900001", "81234567890"))


def test_ordinary_text_and_numbers_stay() -> None:
    assert clean_text("modul jobs, laporan 2026-000123, 17 lampu") == (
        "modul jobs, laporan 2026-000123, 17 lampu"
    )


def test_personal_keys_are_hidden_at_any_depth() -> None:
    given = {"role": "officer", "person": [{"Email": "a@b.id", "note": "ok"}], "phone": ""}
    assert clean(given) == {
        "role": "officer",
        "person": [{"Email": HIDDEN, "note": "ok"}],
        "phone": "",
    }


def test_values_become_plain_json_that_survives_jsonb() -> None:
    given = {"on": True, "n": 3, "share": 1e16, "sum": Decimal("1.50"), "day": date(2026, 12, 4),
             "ids": {3, 1}, "none": None, "nul": "a\0b"}  # fmt: skip
    assert clean(given) == {
        "on": True,
        "n": 3,
        "share": "1e+16",
        "sum": "1.50",
        "day": "2026-12-04",
        "ids": [1, 3],
        "none": None,
        "nul": "ab",
    }
