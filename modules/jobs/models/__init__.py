"""What the module stores; eleven tables a region."""

from modules.jobs.models.application import Application
from modules.jobs.models.card import Card
from modules.jobs.models.counter import Counter
from modules.jobs.models.employer import Employer, EmployerMember
from modules.jobs.models.gathering import Gathering, Seat, Session
from modules.jobs.models.seeker import SavedSearch, Seeker
from modules.jobs.models.vacancy import Vacancy

__all__ = [
    "Application",
    "Card",
    "Counter",
    "Employer",
    "EmployerMember",
    "Gathering",
    "SavedSearch",
    "Seat",
    "Seeker",
    "Session",
    "Vacancy",
]
