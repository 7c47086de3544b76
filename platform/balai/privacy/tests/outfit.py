"""A person with something in every part, made through the real services."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from balai import audit, notify
from balai.audit.actor import acting_as
from balai.notify.models import PushDevice
from balai.notify.subscriptions import follow
from balai.privacy import law
from balai.privacy.person import Person
from balai.privacy.services import requests
from balai.signon import clients, grants
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint
from modules.complaints.services.intake import Draft
from modules.complaints.tests.conftest import photo
from modules.emergency.pressing import Press
from modules.emergency.services import panic
from modules.jobs.choices import Education
from modules.jobs.services import profiles
from modules.jobs.tests.carded import applied, whole


def fill(user: Any, canary: str, phone: str) -> None:
    """Leave the canary wherever the person's own acts leave something of them."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    PushDevice.objects.create(
        user=user, endpoint=f"https://push.example/{canary}", endpoint_hash=canary, p256dh="p",
        auth="a",
    )  # fmt: skip
    follow(subject=f"news.topic:{uuid.uuid4()}", user=user, language="id")
    notify.send(
        template="privacy/received", to=notify.Recipient(user=user),
        context={"number": canary, "kind": "access", "due": timezone.now(), "url": canary},
        dedupe_key=f"t:{canary}",
    )  # fmt: skip
    requests.receive(
        person=Person(user=user), kind=law.Kind.CORRECTION,
        words={"part": "jobs", "wrong": canary, "right": canary},
    )  # fmt: skip
    _reports(user, canary, phone)
    _jobs(user, canary, phone)
    panic.press(
        press=Press(key=uuid.uuid4(), number=phone, name=f"{canary} 112", pin=(-6.2, 106.6))
    )
    app, _secret = clients.register(
        app=clients.App(name="Perizinan", redirect_uris=["https://izin.example/cb"])
    )
    grants.give(user=user, client=app, asked=["openid", "email"], given=["email"])
    with acting_as(user.label, user.uuid):
        audit.record(action="test.acted", target="x")


def _reports(user: Any, canary: str, phone: str) -> None:
    lamps = Category.objects.get(slug="lampu-jalan")
    for number in (1, 2):
        told = Draft(
            category=lamps, text=f"Lampu padam sejak kemarin {canary} laporan {number}",
            identity=Complaint.Identity.NAMED, name=f"{canary} Pelapor", email=user.email,
            phone=phone, own=(-6.1, 106.5),
        )  # fmt: skip
        done = complaints.report(
            draft=told, reporter=user, photos=[photo(f"{canary}.jpg")]
        ).complaint
        if number == 2:
            Complaint.objects.filter(pk=done.pk).update(state="rejected")


def _jobs(user: Any, canary: str, phone: str) -> None:
    told: dict[str, Any] = dict.fromkeys(profiles.TOLD, "")
    told |= {
        "name": f"{canary} Pencaker", "email": user.email, "phone": phone, "district": None,
        "education": Education.SMK, "graduated": None, "about": canary,
        "experience": [], "training": [], "languages": [],
    }  # fmt: skip
    profiles.save(user=user, told=told)
    applied(user, photos=True, name=f"{canary} Kartu", identity=whole(address=f"Jl. {canary}"))
