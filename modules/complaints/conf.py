"""What a region's admin may decide about its reports.

Days are working days; the partner's (``transfer_days``), those a case may rest (``max_hold_days``)
and those until the Ombudsman's dossier (``dossier_days``) are days of the calendar. The token of
SP4N-LAPOR! is sealed; see ``sp4n/chosen.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from balai import context

SLUG = "complaints"
ABUSE = (
    "anjing lu, asu, bacot, bajingan, bangsat, bego, brengsek, goblok, jancok, kampret, keparat, "
    "kontol, memek, ngentot, pantek, perek, tai kucing, tolol"
)
"""Insults in Indonesian and Javanese; words that also name a thing ("anjing") stand in a phrase."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults are those of the national standard (KepmenPANRB 680/2020)."""

    verify_days: int = 3
    info_days: int = 5
    accept_days: int = 1
    validate_days: int = 2
    reopen_days: int = 5
    auto_close_days: int = 10
    remind_days: int = 2
    max_refusals: int = 2
    photo_required: bool = True
    four_eyes: bool = False
    public_list: bool = True
    max_holds: int = 2
    max_hold_days: int = 60
    appeal_days: int = 10
    transfer_days: int = 14
    climb_days: int = 3
    dossier_days: int = 60
    days_light: int = 2
    days_information: int = 5
    days_normative: int = 5
    days_non_supervisory: int = 14
    days_supervisory: int = 60
    village_first: bool = False
    similar_radius: int = 100
    max_links: int = 2
    blocked_words: str = ABUSE
    keep_rejected_years: int = 1
    keep_done_years: int = 5
    sp4n_mode: str = "off"
    sp4n_url: str = ""
    sp4n_token: str = ""
    sp4n_fields: str = ""
    sp4n_auto: Sequence[str] = ()
    evidence_radius: int = 150
    camera_required: bool = False
    audit_percent: int = 5
    bulk_wait_seconds: int = 15

    def days_of(self, klass: str) -> int:
        """Return the working days of a class of KepmenPANRB 680/2020."""
        return int(getattr(self, f"days_{klass}"))


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
