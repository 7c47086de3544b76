"""The words of the labour market that forms, filters and exports share."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Education(IntegerChoices):
    """The last diploma. Tens are levels: a general and a vocational one weigh the same."""

    ANY = 0, _("No requirement")
    SD = 10, _("Primary school (SD)")
    SMP = 20, _("Junior high school (SMP)")
    SMA = 30, _("Senior high school (SMA)")
    SMK = 31, _("Vocational high school (SMK)")
    D1 = 41, _("Diploma D1")
    D2 = 42, _("Diploma D2")
    D3 = 43, _("Diploma D3")
    D4 = 50, _("Applied bachelor (D4)")
    S1 = 51, _("Bachelor (S1)")
    S2 = 60, _("Master (S2)")
    S3 = 70, _("Doctor (S3)")


def suffices_for(diploma: int) -> int:
    """Return the highest requirement that somebody with ``diploma`` meets."""
    return diploma // 10 * 10 + 9


class EmploymentType(TextChoices):
    """How somebody is employed (PP 35/2021: PKWTT and PKWT)."""

    FULL_TIME = "full_time", _("Permanent, full time")
    CONTRACT = "contract", _("Fixed term")
    PART_TIME = "part_time", _("Part time")
    DAILY = "daily", _("Daily work")
    FREELANCE = "freelance", _("Freelance")
    INTERNSHIP = "internship", _("Internship")


SCHEMA_ORG = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.CONTRACT: "TEMPORARY",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.DAILY: "PER_DIEM",
    EmploymentType.FREELANCE: "CONTRACTOR",
    EmploymentType.INTERNSHIP: "INTERN",
}
"""schema.org's ``employmentType``, in the words that Google for Jobs reads."""


class Workplace(TextChoices):
    """Where the work is done."""

    ONSITE = "onsite", _("At the workplace")
    HYBRID = "hybrid", _("Partly from home")
    REMOTE = "remote", _("From home")


class PayPeriod(TextChoices):
    """What a wage is for; the values are schema.org's ``unitText`` in small letters."""

    MONTH = "month", pgettext_lazy("wage", "a month")
    DAY = "day", pgettext_lazy("wage", "a day")
    HOUR = "hour", pgettext_lazy("wage", "an hour")


MONTHLY = {PayPeriod.MONTH: 1, PayPeriod.DAY: 25, PayPeriod.HOUR: 173}
"""So many days (PP 36/2021, article 17, six-day week) and hours (Kepmen 102/2004) make a month."""


class Occupation(IntegerChoices):
    """The main groups of Indonesia's classification of occupations (KBJI 2014)."""

    MANAGERS = 1, _("Managers")
    PROFESSIONALS = 2, _("Professionals")
    TECHNICIANS = 3, _("Technicians and assistants")
    CLERKS = 4, _("Office clerks")
    SERVICE = 5, _("Service and sales")
    AGRICULTURE = 6, _("Farming, forestry, fishery")
    CRAFT = 7, _("Craft and processing")
    OPERATORS = 8, _("Machine operators and assemblers")
    ELEMENTARY = 9, _("Elementary work")


class Sector(TextChoices):
    """The sections of the classification of business fields (KBLI 2020)."""

    A = "A", _("Agriculture, forestry, fishery")
    B = "B", _("Mining")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity and gas")
    E = "E", _("Water and waste")
    F = "F", _("Construction")
    G = "G", _("Trade and repair of vehicles")
    H = "H", _("Transport and storage")
    I = "I", _("Hotels, food and drink")  # noqa: E741  # the section's own letter
    J = "J", _("Information and communication")
    K = "K", _("Finance and insurance")
    L = "L", _("Real estate")
    M = "M", _("Professional and technical services")
    N = "N", _("Rental, manpower, travel")
    O = "O", _("Public administration")  # noqa: E741  # the section's own letter
    P = "P", _("Education")
    Q = "Q", _("Health and social work")
    R = "R", _("Culture, entertainment, recreation")
    S = "S", _("Other services")
    T = "T", _("Households as employers")
    U = "U", _("International bodies")


class Sex(TextChoices):
    """A criterion that an employer must give a reason for (UU 13/2003, article 5)."""

    MALE = "male", _("Men only")
    FEMALE = "female", _("Women only")


class LanguageLevel(TextChoices):
    """How well somebody says they speak a language."""

    BASIC = "basic", _("A little")
    GOOD = "good", _("Good")
    FLUENT = "fluent", _("Fluent")
