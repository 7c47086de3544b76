"""The module's objects for the two-city matrix (I-01)."""

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.directory.models import Agency, Area
from modules.complaints import services as complaints
from modules.complaints.models import Category
from modules.liveroom import access, services

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Connect a screen and instruct an agency about a public report, in the active region."""
    admin = User.objects.create_user(email="kanari-layar@contoh.test", name=CANARY)
    for role in ("admin", "coordinator"):
        grant_role(user=admin, role=role)
    screen = services.connect_screen(name=CANARY, days=30, by=admin)
    agency = Agency.objects.create(code="kanari-dinas", name=CANARY, short_name=CANARY)
    lamps = Category.objects.get(slug="lampu-jalan")
    draft = complaints.Draft(
        category=lamps, text=f"{CANARY}: lampu jalan mati sejak hari Minggu.",
        area=Area.objects.filter(kind=Area.Kind.VILLAGE).first(), landmark=CANARY,
    )  # fmt: skip
    report = complaints.report(draft=draft, photos=[]).complaint
    ruling = complaints.Ruling(agency=agency, category=lamps, title=f"{CANARY} lampu mati")
    complaints.verify_and_route(complaint=report, ruling=ruling, by=admin)
    given = services.give(
        agency=agency, text=CANARY, due_on=timezone.localdate(), by=admin,
        module="complaints", reference=str(report.uuid),
    )  # fmt: skip
    return {
        "liveroom:join": {"token": access.token_of(screen)},
        "liveroom_desk:revoke": {"screen": screen.uuid},
        "liveroom_desk:agency": {"code": agency.code},
        "liveroom_desk:case": {"module": "complaints", "reference": report.uuid},
        "liveroom_desk:instruction": {"reference": given.uuid},
    }
