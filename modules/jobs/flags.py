"""What an officer should look at before a vacancy is published. A flag never decides anything.

Criteria of sex and age need a reason (UU 13/2003, articles 5 and 6; SE Menaker M/6/HK.04/V/2025);
fees, kept diplomas and private channels are how false vacancies work.
"""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.jobs.models import Vacancy

LABELS: Final[dict[str, str | Promise]] = {
    "sex": _("Asks for one sex"),
    "age": _("Asks for an age"),
    "domicile": _("Prefers people from here"),
    "wage": _("Pays less than the minimum wage"),
    "fee": _("Speaks of a fee or a deposit"),
    "diploma": _("Keeps diplomas or identity papers"),
    "channel": _("Leads applicants to another channel"),
    "words": _("Speaks of sex, age, looks, religion or marriage in the text"),
}
_FEE = re.compile(
    r"\b(biaya|uang)\s+(pendaftaran|administrasi|seragam|pelatihan|jaminan|deposit|masuk)"
    r"|\bdeposit\b|\btransfer\s+(dana|uang|dulu)|\bsaldo\b", re.IGNORECASE,
)  # fmt: skip
_DIPLOMA = re.compile(
    r"(ijazah|ktp|bpkb|akta)\s+(asli\s+)?(di)?(tahan|jamin|simpan)|menahan\s+ijazah"
    r"|jaminan\s+ijazah", re.IGNORECASE,
)  # fmt: skip
_CHANNEL = re.compile(
    r"https?://|www\.|wa\.me|t\.me|whats?app|telegram|\bwa\b|(\+62|\b08)[\d .\-]{8,}", re.IGNORECASE
)
_WORDS = re.compile(
    r"\b(pria|wanita|laki-?laki|perempuan|cowok|cewek|usia|umur|maks(imal)?\.?\s*\d\d\s*t(ahu)?n"
    r"|berpenampilan\s+menarik|good\s+looking|cantik|ganteng|tinggi\s+badan|belum\s+menikah"
    r"|lajang|single|muslim|islam|kristen|katolik|hindu|buddha|berhijab)\b", re.IGNORECASE,
)  # fmt: skip


def examine(vacancy: Vacancy, minimum_wage: int) -> list[str]:
    """Return the flags of a vacancy, in the order of :data:`LABELS`.

    Args:
        minimum_wage: rupiah a month; 0 where the region has set none.
    """
    text = " ".join((vacancy.title, vacancy.description, vacancy.requirements, vacancy.benefits))
    found = {
        "sex": bool(vacancy.sex),
        "age": vacancy.age_min is not None or vacancy.age_max is not None,
        "domicile": vacancy.locals_first,
        "wage": 0 < vacancy.pay_monthly < minimum_wage,
        "fee": bool(_FEE.search(text)),
        "diploma": bool(_DIPLOMA.search(text)),
        "channel": bool(_CHANNEL.search(text)),
        "words": bool(_WORDS.search(text)),
    }
    return [flag for flag in LABELS if found[flag]]


def words(flags: list[str]) -> list[str | Promise]:
    """Return the flags in words; one of an older version is left out."""
    return [LABELS[flag] for flag in flags if flag in LABELS]
