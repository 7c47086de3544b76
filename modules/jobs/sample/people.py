"""Who plays: an officer of the region or a stand-in, an employer's recruiter, and seekers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from balai.accounts.models import Membership, User
from balai.accounts.people import close_account
from balai.accounts.services import grant_role
from modules.jobs.choices import Education
from modules.jobs.models import Seeker
from modules.jobs.services import profiles

DOMAIN: Final = "kerja-contoh.invalid"
"""Mail to .invalid goes nowhere (RFC 2606), so that nobody can sign in as one of them."""
NAMES: Final = (
    "Dewi Lestari", "Agus Setiawan", "Siti Rahmawati", "Budi Prasetyo", "Rina Marlina",
    "Joko Susilo", "Maya Puspita", "Andi Firmansyah", "Yuni Astuti", "Hendra Gunawan",
    "Lia Kurniasih", "Rudi Hartono",
)  # fmt: skip
DIPLOMAS: Final = (
    Education.SMK, Education.SMA, Education.SMK, Education.S1, Education.D3, Education.SMP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staff:
    """Checks and publishes; posts and hires."""

    officer: User
    recruiter: User


@contextmanager
def staff() -> Iterator[Staff]:
    """Yield people with the rights that the services ask for; a stand-in officer leaves after."""
    held = Membership.objects.filter(role="placement_officer", user__is_active=True)
    first = held.select_related("user").order_by("id").first()
    officer = first.user if first else _account("petugas", "Petugas Contoh")
    if first is None:
        grant_role(user=officer, role="placement_officer")
    try:
        yield Staff(officer, _account("perekrut", "Perekrut Contoh"))
    finally:
        if first is None:
            close_account(user=officer)


def seekers(districts: list[Any]) -> list[Seeker]:
    """Return people who look for work, with a profile each."""
    return [
        profiles.save(user=_account(f"pencari{at}", name), told=_profile(at, name, districts))
        for at, name in enumerate(NAMES)
    ]


def remove_seekers() -> None:
    """Delete the profiles of samples."""
    Seeker.objects.filter(user__email__endswith=f"@{DOMAIN}").delete()


def remove_stand_ins() -> None:
    """Close the accounts of samples, also of a run that broke off."""
    for user in User.objects.filter(email__endswith=f"@{DOMAIN}"):
        close_account(user=user)


def _account(login: str, name: str) -> User:
    email = f"{login}@{DOMAIN}"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email=email, name=name)


def _profile(at: int, name: str, districts: list[Any]) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(profiles.TOLD, "")
    return {
        **told, "name": name, "email": f"pencari{at}@{DOMAIN}",
        "district": districts[at % len(districts)] if districts else None,
        "education": DIPLOMAS[at % len(DIPLOMAS)], "graduated": 2016 + at % 8,
        "experience": [], "training": [], "languages": [],
    }  # fmt: skip
