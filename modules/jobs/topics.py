"""After which events what is on the screen must be read again; all carry ids only."""

from typing import Final

EMPLOYERS: Final = tuple(
    f"jobs.employer_{move}"
    for move in ("register", "resubmit", "amend", "verify", "return", "suspend", "reinstate")
)
VACANCIES: Final = tuple(
    f"jobs.vacancy_{move}"
    for move in ("submit", "recall", "publish", "send_back", "take_down", "expire", "report")
)
CARDS: Final = tuple(
    f"jobs.card_{move}" for move in ("apply", "return", "resubmit", "renew", "check", "issue")
)
PLACED: Final = ("jobs.application_hire", "jobs.application_accept", "jobs.vacancy_report")
