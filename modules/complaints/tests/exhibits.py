"""The module's objects for the two-city matrix (I-01), with a canary in every field."""

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.directory.models import Agency, Area
from modules.complaints import services, tokens
from modules.complaints.models import CannedReply, Category, Complaint, OutsideCase, RoutingRule
from modules.complaints.selectors.desk_filters import parse
from modules.complaints.services import bulk, prepared, saved_filters
from modules.complaints.tests.conftest import photo

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Send a report, publish and mend it, in the active region."""
    person = User.objects.create_user(
        email="kanari-lapor@contoh.test", name=f"{CANARY} koordinator"
    )
    grant_role(user=person, role="coordinator")
    lamps = Category.objects.get(slug="lampu-jalan")
    own = Category.objects.create(
        slug="kanari-tangerang", parent=lamps.parent, label_id=CANARY, label_en=CANARY
    )
    draft = services.Draft(
        category=own,
        text=f"{CANARY}: lampu jalan mati sejak hari Minggu.",
        area=Area.objects.filter(kind=Area.Kind.VILLAGE).first(),
        landmark=CANARY,
        name=CANARY,
        email="kanari-pelapor@contoh.test",
    )
    report = services.report(draft=draft, photos=[photo()]).complaint
    agency = Agency.objects.get(code="dishub")
    ruling = services.Ruling(agency=agency, category=own, title=f"{CANARY} lampu mati")
    services.verify_and_route(complaint=report, ruling=ruling, by=person)
    services.accept(complaint=report, by=person)
    services.resolve(complaint=report, text=CANARY, photos=[photo()], by=person)
    one: dict[str, object] = {"report": report.uuid}
    pages = ("complaints:detail", "complaints:reply", "complaints:confirm", "complaints:reopen",
             "complaints:appeal", "complaints:dossier", "complaints:dossier-consent",
             "complaints_desk:detail", "complaints_desk:print",
             "complaints_desk:dossier", "complaints_desk:field-case",
             "complaints_desk:field-nonces", "complaints_desk:field-way",
             "complaints_desk:field-evidence")  # fmt: skip
    return {
        **dict.fromkeys(pages, one),
        **_desk(report, person),
        **_rules(report, own, agency),
        "complaints:partner": {"token": _passed_on(draft, person)},
        "complaints:receipt": {"token": tokens.receipt_token(report.uuid, 0)},
        "complaints:open": {"token": tokens.link_token(report.uuid)},
        "complaints_console:edit": {"slug": own.slug},
        "complaints_console:sp4n_retry": {"outside": _failed_exchange(report)},
        "files:media": {"uuid": report.photos.earliest("id").file.uuid, "variant": "large"},
        "api:complaints_read_report": {"number": report.number},
        **_open311(report),
        **_own(report),
    }


def _own(report: Complaint) -> dict[str, dict[str, object]]:
    """Name the report to its reporter's pages and to its followers'."""
    pages = ("answer", "edit", "black-out", "withdraw", "follow", "leave")
    one = {f"complaints:{name}": {"report": report.uuid} for name in pages}
    return {**one, "complaints:hide": {"report": report.uuid, "what": "report"}}


def _open311(report: Complaint) -> dict[str, dict[str, object]]:
    """Name the report and its kind to Open311, and an address that nobody answers."""
    named = {"service": {"code": report.category.slug}, "request": {"number": report.number},
             "token": {"token": str(report.uuid)}}  # fmt: skip
    both = {f"complaints_root:{name}-{form}": arguments
            for name, arguments in named.items() for form in ("xml", "json")}  # fmt: skip
    return {**both, "complaints_root:nothing": {"rest": "nothing.json"}}


def _rules(report: Complaint, own: Category, agency: Agency) -> dict[str, dict[str, object]]:
    """Route by a rule of the canary's name; look for duplicates; cover a photo."""
    rule = {"rule": RoutingRule.objects.create(name=CANARY, category=own, agency=agency).uuid}
    file = report.photos.latest("id").file.uuid
    return {
        "complaints_console:rule": rule,
        "complaints_console:rule_delete": rule,
        "complaints_console:rule_move": rule,
        "complaints_desk:duplicates": {"report": report.uuid},
        "complaints_desk:cover": {"report": report.uuid, "file": file},
    }


def _desk(report: Complaint, person: User) -> dict[str, dict[str, object]]:
    """Keep a filter, a prepared answer and a bulk action under the canary's name."""
    filters = parse({"tab": "all", "q": CANARY})
    saved = saved_filters.save_filter(name=CANARY, filters=filters, by=person)
    reply = prepared.save_reply(reply=CannedReply(label=CANARY, text=CANARY))
    action = bulk.schedule(action="note", targets=[report.uuid], values={"text": CANARY}, by=person)
    return {
        "complaints_desk:saved-change": {"saved": saved.uuid},
        "complaints_desk:bulk-result": {"action": action.uuid},
        "complaints_desk:bulk-undo": {"action": action.uuid},
        "complaints_console:answer": {"answer": reply.uuid},
        "complaints_console:answer_delete": {"answer": reply.uuid},
    }


def _failed_exchange(report: Complaint) -> object:
    """Fail to send the report to SP4N-LAPOR!."""
    twin = OutsideCase.objects.create(complaint=report, system="sp4n", state="failed")
    return twin.uuid


def _passed_on(draft: services.Draft, person: User) -> str:
    """Pass a report on to another authority and return the token of its letter."""
    report = services.report(draft=draft).complaint
    handover = services.Handover(receiver=CANARY, address="kanari@contoh.test", note=CANARY)
    services.transfer(complaint=report, handover=handover, by=person)
    return tokens.partner_token(report.outside.get().uuid)
