"""The demo's two cities, opened by the real steps, with people and sample reports."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from balai import context
from balai.accounts import operators
from balai.accounts.models import User
from balai.accounts.people import ensure_user
from balai.accounts.services import grant_role
from balai.aggregates import services as figures
from balai.audit.actor import acting_as
from balai.audit.models import Entry
from balai.context import platform, region_context
from balai.demo.places import Person, Place
from balai.directory.models import Agency
from provisioning import release, sample
from provisioning.billing import demo as billing_demo
from provisioning.models import Rank, Step, StepState
from provisioning.opening import open_region, steps
from provisioning.opening.made import by_schema
from provisioning.operators import health, staff
from provisioning.setup import migrate_shared
from provisioning.sharing import services as sharing
from provisioning.signup.mail import apex_url
from tenants import activation, directory
from tenants.naming import schema_name

PASSWORD: Final = "balai-demo"  # noqa: S105  # printed on the demo's panel, refused elsewhere
Echo = Callable[[str], None]


@dataclass(frozen=True)
class City:
    """One demo city: what the wizard would have been told, and what its admin changed then."""

    code: str
    slug: str
    preset: str
    domain: str
    plan: str
    population: int
    labels: tuple[tuple[str, str], ...] = ()
    shares: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A person of the demo; ``agency`` is a code, "" for the whole region."""

    title: str
    login: str
    name: str
    role: str = ""
    agency: str = ""


CITIES: Final = (
    City(
        "36.71",
        "tangerang",
        "kota",
        "tangerangkota.go.id",
        "plus-l",
        1_930_000,
        (("complaints", "LAKSA"),),
        ("complaints.received", "complaints.median_days", "prices.index"),
    ),
    City("33.06", "purworejo", "kabupaten", "purworejokab.go.id", "standard-m", 790_000),
)
PEOPLE: Final = (
    Role("Admin", "admin", "Admin Contoh", "admin"),
    Role("Koordinator", "koordinator", "Koordinator Contoh", "coordinator"),
    Role("Petugas PU", "petugas.pu", "Petugas PU Contoh", "officer", "dpupr"),
    Role("Petugas LH", "petugas.lh", "Petugas LH Contoh", "officer", "dlh"),
    Role("Petugas Dishub", "petugas.dishub", "Petugas Dishub Contoh", "officer", "dishub"),
    Role("Kepala daerah", "pimpinan", "Pimpinan Contoh", "leader"),
)
PLATFORM: Final = (
    ("Dukungan", "dukungan@balai.test", Rank.SUPPORT, ""),
    ("Provinsi Banten", "provinsi@balai.test", Rank.PROVINCE, "36"),
)
CITIZEN: Final = Role("Warga", "warga@contoh.test", "Warga Contoh")


class NotTheDemoError(RuntimeError):
    """Raised when somebody would put fixed passwords on a real deployment."""


def prepare(echo: Echo) -> list[Place]:
    """Make the demo's cities, people and reports unless they are there; return what to show.

    Raises:
        NotTheDemoError: unless BALAI_DEMO is on.
    """
    if not settings.DEMO:
        raise NotTheDemoError("BALAI_DEMO is off: fixed passwords are for the demo only")
    migrate_shared()
    with platform(), acting_as("demo"):
        release.ensure()
        workers = platform_people()
        found = [_city(city, echo) for city in CITIES]
        health.compare()
    public = Place("Balai", f"{apex_url()}/")
    return [public, *found, Place("Operator", f"{apex_url()}/operations/", workers)]


def platform_people() -> tuple[Person, ...]:
    """Make the people of the demo's platform: who may do all, who only looks, a province."""
    login = "operator@balai.test"
    if not User.objects.filter(email=login).exists():
        operators.create(email=login, name="Operator Contoh")
        _set_password(User.objects.get(email=login))
    for title, email, rank, province in PLATFORM:
        if not User.objects.filter(email=email).exists():
            _set_password(staff.add(email=email, name=f"{title} Contoh", rank=rank,
                                    province=province))  # fmt: skip
    ranked = (Person(title, email, PASSWORD) for title, email, _rank, _code in PLATFORM)
    return (Person("Operator", login, PASSWORD), *ranked)


def _city(city: City, echo: Echo) -> Place:
    region = directory.by_schema(schema_name(city.slug))
    if region is None or region.state == "building":
        echo(f"Opening {city.code} {city.slug}")
        open_region(code=city.code, slug=city.slug, email=f"admin@{city.domain}",
                    preset=city.preset, progress=lambda step: _tell(step, echo))  # fmt: skip
    region = _read(city)
    billing_demo.subscribe(region, city.plan, city.population)
    with region_context(region):
        furnished = Entry.objects.filter(action="sample.loaded").exists()
        people = _people(city)
    if not furnished:
        for module, label in city.labels:
            activation.set_label(region, module, label)
        region = _read(city)
        with region_context(region):
            echo(f"  sample data: {sample.load()}")
            _share(city)
    with region_context(_read(city)):
        health.measure()
    return Place(region.name, f"{region.base_url}/", tuple(people))


def _people(city: City) -> list[Person]:
    """Make the people who can sign in, those that modules bring along with their samples too.

    They are there before the sample data: some of it is theirs.
    """
    officers = (*PEOPLE, *(Role(*row) for row in sample.officers()))
    return [_person(role, city) for role in (*officers, CITIZEN) if _fits(role)]


def _share(city: City) -> None:
    """Measure the month; where the city is said to share figures, let its admin do so."""
    figures.take()
    admin = User.objects.get(email=f"admin@{city.domain}")
    for key in city.shares:
        sharing.share(key=key, by=admin)


def _person(role: Role, city: City) -> Person:
    login = role.login if "@" in role.login else f"{role.login}@{city.domain}"
    user = ensure_user(email=login, name=role.name)
    if not user.name or not user.has_usable_password():
        user.name = user.name or role.name
        user.save(update_fields=["name"])
        _set_password(user)
    if role.role and not user.memberships.filter(role=role.role).exists():
        agency = Agency.objects.get(code=role.agency) if role.agency else None
        grant_role(user=user, role=role.role, agency=agency)
    return Person(role.title, login, PASSWORD)


def _fits(role: Role) -> bool:
    return not role.agency or Agency.objects.filter(code=role.agency).exists()


def _set_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def _read(city: City) -> context.Region:
    return by_schema(schema_name(city.slug))


def _tell(step: Step, echo: Echo) -> None:
    if step.state != StepState.RUNNING:
        echo(f"  {steps.label(step.name)} {steps.figures(step)} {step.error}".rstrip())
