"""One thing of each kind, of the canary's name, for the isolation matrix."""

import uuid
from datetime import timedelta

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.complaints import services as complaints
from modules.complaints.models import Category
from modules.partners import sources
from modules.partners.services import agreements, delegates, links, people, sharing

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Share a report with an institution of the canary's name, in the active region."""
    officer = User.objects.create_user(email="kanari-mitra@contoh.test", name=CANARY)
    grant_role(user=officer, role="coordinator")
    partner = agreements.save_partner(
        told={"slug": "kanari", "short_name": CANARY, "name": CANARY, "kind": "vertical",
              "tasks": CANARY, "active": True},
    )  # fmt: skip
    category = Category.objects.get(slug="gangguan-keamanan")
    today = timezone.localdate()
    paper = agreements.save_cooperation(partner=partner, told={
        "basis": "pks", "number": CANARY, "signed_on": today, "starts_on": today,
        "ends_on": today + timedelta(days=30), "purpose": CANARY, "areas": [],
        "categories": {"complaints": [category.slug]}, "fields": {"complaints": ["text"]},
        "acknowledge_days": 1, "contacts": [],
    })  # fmt: skip
    paper.document_key = uuid.uuid4()
    paper.document_name = f"{CANARY}.pdf"
    paper.save(update_fields=["document_key", "document_name"])
    rule = agreements.add_rule(cooperation=paper, told={
        "source": "complaints", "categories": [category.slug], "areas": [], "fields": ["text"],
        "moment": "checked",
    })  # fmt: skip
    person = User.objects.create_user(email="kanari-polisi@contoh.test", name=CANARY)
    people.add(partner=partner, email="kanari-polisi@contoh.test")
    draft = complaints.Draft(
        category=category, text=f"{CANARY} mondar-mandir", identity="anonymous"
    )
    report = complaints.report(draft=draft, photos=[]).complaint
    source = sources.active()["complaints"]
    facts = source.case(report.uuid)
    assert facts is not None
    wish = sharing.Wish(
        source=source, facts=facts, cooperation=paper, fields=["text"], reason=CANARY
    )
    share = sharing.share(wish=wish, by=officer)
    link = links.make(share=share, email="kanari@contoh.test", by=officer)
    delegate = delegates.grant(
        partner=partner, email="kanari@mitra.go.id", name=CANARY, ends_on=today
    )
    token, one, its = links.token_of(link), {"partner": partner.uuid}, {"cooperation": paper.uuid}
    return {
        "partners:link": {"token": token},
        "partners:link-photo": {"token": token, "file": uuid.uuid4()},
        "partners_desk:share": {"share": share.uuid},
        "partners_desk:photo": {"share": share.uuid, "file": uuid.uuid4()},
        "partners_desk:link-revoke": {"link": link.uuid},
        "partners_desk:case": {"source": "complaints", "case": report.uuid},
        **{f"partners_console:{name}": one for name in (
            "partner", "edit", "person-add", "client", "cooperation-new", "delegate-new")},
        "partners_console:delegate-withdraw": {"delegate": delegate.uuid},
        "partners_console:person-remove": {**one, "person": person.uuid},
        **{f"partners_console:{name}": its for name in (
            "cooperation", "cooperation-edit", "cooperation-end", "document")},
        "partners_console:rule-new": {**its, "source": "complaints"},
        "partners_console:rule-switch": {"rule": rule.uuid},
        **{f"api:partners_{name}": {"uuid": share.uuid} for name in (
            "read_share", "acknowledge", "answer", "write")},
    }  # fmt: skip
