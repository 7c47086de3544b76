"""What Law 27/2022 on the protection of personal data (UU PDP) asks for, in one place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.modules.manifest import type_str

TERM: Final = timedelta(hours=72)
"""3 x 24 hours, by the clock: no holiday and no night stops it (articles 30, 32, 40, 41, 46)."""
WINDOW: Final = TERM
"""How long a deletion waits so that it can be taken back."""
HALF: Final = TERM / 2
LAST_DAY: Final = timedelta(hours=24)


class Basis(models.TextChoices):
    """The legal bases of article 20 (2)."""

    CONSENT = "consent", pgettext_lazy("legal basis", "Consent")
    CONTRACT = "contract", pgettext_lazy("legal basis", "An agreement with you")
    DUTY = "duty", pgettext_lazy("legal basis", "A duty under the law")
    VITAL = "vital", pgettext_lazy("legal basis", "Protection of life")
    PUBLIC = "public", pgettext_lazy("legal basis", "A public service or task")
    INTEREST = "interest", pgettext_lazy("legal basis", "A legitimate interest")


LETTERS: Final = {
    Basis.CONSENT: "a", Basis.CONTRACT: "b", Basis.DUTY: "c", Basis.VITAL: "d",
    Basis.PUBLIC: "e", Basis.INTEREST: "f",
}  # fmt: skip


def article_of(basis: str) -> str:
    """Return the place of a legal basis in the law: "20 (2) a"."""
    return f"20 (2) {LETTERS[Basis(basis)]}"


class Kind(models.TextChoices):
    """What somebody may ask for."""

    ACCESS = "access", pgettext_lazy("right", "See and receive my data")
    CORRECTION = "correction", pgettext_lazy("right", "Correct my data")
    WITHDRAWAL = "withdrawal", pgettext_lazy("right", "Withdraw a consent")
    RESTRICTION = "restriction", pgettext_lazy("right", "Restrict what is done with my data")
    DELETION = "deletion", pgettext_lazy("right", "Delete my data")


ARTICLES: Final = {
    Kind.ACCESS: "7, 32", Kind.CORRECTION: "6, 30", Kind.WITHDRAWAL: "9, 40",
    Kind.RESTRICTION: "11, 41", Kind.DELETION: "8, 43, 44, 45",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which the law lets, or makes, a request be refused."""

    key: str
    article: str
    label: type_str
    kinds: frozenset[str]


_ARTICLE_15 = frozenset({Kind.WITHDRAWAL, Kind.RESTRICTION, Kind.DELETION})
_ARTICLE_33 = frozenset({Kind.ACCESS, Kind.CORRECTION})
_ARTICLE_41 = frozenset({Kind.RESTRICTION})
GROUNDS: Final = (
    Ground("defence", "15 (1) a", _("National defence and security"), _ARTICLE_15),
    Ground("law_enforcement", "15 (1) b", _("A law enforcement procedure"), _ARTICLE_15),
    Ground("public_interest", "15 (1) c", _("The public interest in state affairs"), _ARTICLE_15),
    Ground("statistics", "15 (1) e", _("Statistics and scientific research"), _ARTICLE_15),
    Ground("danger", "33 a", _("It would endanger somebody's safety or health"), _ARTICLE_33),
    Ground("others", "33 b", _("It would disclose the data of other people"), _ARTICLE_33),
    Ground("security", "33 c", _("It is contrary to national defence and security"), _ARTICLE_33),
    Ground("required", "41 (2) a", _("A law requires the processing to go on"), _ARTICLE_41),
    Ground("safety", "41 (2) b", _("It could endanger the safety of others"), _ARTICLE_41),
    Ground("agreement", "41 (2) c", _("A written agreement does not allow it"), _ARTICLE_41),
)  # fmt: skip


def grounds_of(kind: str) -> list[Ground]:
    """Return the grounds on which a request of this kind may be refused."""
    return [ground for ground in GROUNDS if kind in ground.kinds]


def ground(key: str) -> Ground | None:
    """Return the ground called ``key``."""
    return next((ground for ground in GROUNDS if ground.key == key), None)


def due(received: datetime) -> datetime:
    """Return by when a request must be answered: 72 hours by the clock after it came in."""
    return received + TERM
