"""Exports as people ask for them: one asks, another allows it, both are written down."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai import audit, context, notify, secrets, signing
from balai.accounts.members.selectors import lasting_admins
from balai.accounts.models import User
from provisioning.exports.sealing import new_passphrase, new_salt
from provisioning.models import Export, ExportState
from tenants import selectors
from tenants.models import Region

PURPOSE: Final = "exports.passphrase"
SALT: Final = "exports.download"
LINK_SECONDS: Final = 24 * 3600
KEPT: Final = timedelta(days=14)
ASKED_FOR: Final = timedelta(days=14)
CLOCK: Final = gettext_noop("closing clock")
UNDER_WAY: Final = (ExportState.ASKED, ExportState.WAITING, ExportState.RUNNING)


@transaction.atomic
def ask(*, by: User) -> Export:
    """Ask for an export of the active region; nothing happens before a second person allows it.

    Raises:
        PermissionDenied: for anybody but an admin.
        ValidationError: while another export is under way.
    """
    _check_admin(by)
    made = _new(context.current_region(), by.label, by)
    audit.record(action="export.asked", target=str(made.uuid))
    _tell("export_asked", made, [member for member in _admins() if member.pk != by.pk])
    return made


@transaction.atomic
def ask_by_clock(region: context.Region) -> Export | None:
    """Order the export that a closing region must be offered; None while one is under way."""
    with context.crossing(), context.region_context(region):
        try:
            made = _new(region, CLOCK, None)
        except ValidationError:
            return None
        _decide(made, by=CLOCK, state=ExportState.WAITING)
        audit.record(action="export.asked", target=str(made.uuid))
    return made


@transaction.atomic
def decide(export: Export, *, by: User, allow: bool) -> Export:
    """Allow or refuse an export of the active region, as another admin than the one who asked.

    Raises:
        PermissionDenied: for anybody but an admin of the region.
        ValidationError: for the person who asked (who may only refuse), or when it is decided.
    """
    _check_admin(by)
    export = _locked(export)
    if allow and export.asked_uuid == by.uuid:
        raise ValidationError(_("Another person has to allow it."), code="same_person")
    _expect(export, ExportState.ASKED)
    _decide(export, by=by.label, state=ExportState.WAITING if allow else ExportState.REFUSED)
    audit.record(action="export.allowed" if allow else "export.refused", target=str(export.uuid))
    return export


@transaction.atomic
def allow_as_operator(export: Export, *, by: User) -> Export:
    """Allow an export from the platform, where the region has one admin only.

    Raises:
        PermissionDenied: for anybody but an operator.
        ValidationError: when the region has a second admin, or it is decided already.
    """
    if not (by.is_active and by.is_superuser):
        raise PermissionDenied
    with context.platform():
        export = _locked(export)
        region = selectors.freeze(export.region)
    with context.crossing(), context.region_context(region):
        people = _admins()
        if len(people) > 1:
            raise ValidationError(_("The region has a second admin, who decides."), code="second")
        if any((person.email or "") == (by.email or "-") for person in people):
            raise ValidationError(_("Another person has to allow it."), code="same_person")
        _expect(export, ExportState.ASKED)
        _decide(export, by=by.label, state=ExportState.WAITING)
        audit.record(action="export.allowed", target=str(export.uuid))
    with context.platform():
        audit.record(action="export.allowed", target=region.schema)
    return export


@transaction.atomic
def reveal(export: Export, *, by: User) -> str:
    """Return the passphrase and forget it.

    Raises:
        PermissionDenied: for anybody but an admin.
        ValidationError: when it was shown before, or the archive is not ready.
    """
    _check_admin(by)
    export = _locked(export)
    _expect(export, ExportState.READY)
    if not export.phrase:
        raise ValidationError(_("The passphrase was shown already."), code="shown")
    words = secrets.unseal(bytes(export.phrase), purpose=PURPOSE)
    _save(export, phrase=b"", revealed_by=by.label[:120])
    audit.record(action="export.passphrase_shown", target=str(export.uuid))
    return words


def link(export: Export, *, by: User) -> str:
    """Return an address that gives the archive to this person, here, for a day."""
    token = signing.dumps([str(export.uuid), str(by.uuid)], salt=SALT)
    return reverse("exports_console:file", args=[token])


def behind_link(token: str, *, by: User) -> Export | None:
    """Return the export a link was made for, if it was made for this person and is still good."""
    try:
        uuid, person = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    if person != str(by.uuid):
        return None
    found = find(uuid)
    if found is None or found.state != ExportState.READY:
        return None
    return found if found.expires_at and found.expires_at > timezone.now() else None


@transaction.atomic
def downloaded(export: Export, *, by: User) -> None:
    """Write down that somebody began to download the archive."""
    with context.platform():
        Export.objects.filter(pk=export.pk).update(
            downloads=F("downloads") + 1, downloaded_at=timezone.now()
        )
    audit.record(action="export.downloaded", target=str(export.uuid))


@transaction.atomic
def accept(export: Export, *, by: User) -> Export:
    """Write down that the archive was downloaded and checked: what leaving begins with.

    Raises:
        PermissionDenied: for anybody but an admin.
        ValidationError: when nobody downloaded it, or the passphrase was never shown.
    """
    _check_admin(by)
    export = _locked(export)
    _expect(export, ExportState.READY)
    if not export.downloads or export.phrase:
        raise ValidationError(
            _("Download the archive and write down its passphrase first."), code="unseen"
        )
    _save(export, accepted_by=by.label[:120], accepted_at=timezone.now())
    audit.record(action="export.accepted", target=str(export.uuid), after={"sha256": export.sha256})
    return export


def find(uuid: UUID | str) -> Export | None:
    """Return an export of the active region."""
    here = context.current_region()
    with context.platform():
        return Export.objects.filter(region_id=here.id, uuid=uuid).first()


def latest(count: int = 20) -> list[Export]:
    """Return the active region's last exports, the newest first."""
    here = context.current_region()
    with context.platform():
        return list(Export.objects.filter(region_id=here.id)[:count])


def accepted(region_id: int) -> Export | None:
    """Return the newest export that an admin has accepted, also when its file is gone since."""
    with context.platform():
        return Export.objects.filter(region_id=region_id).exclude(accepted_at=None).first()


def told_ready(export: Export) -> None:
    """Write to the region's admins that the archive can be downloaded. In the region."""
    _tell("export_ready", export, _admins())


def expire(now: datetime | None = None) -> int:
    """Delete archives whose time is over, and requests nobody decided; return how many."""
    moment = now or timezone.now()
    with context.platform():
        old = Export.objects.filter(state=ExportState.READY, expires_at__lt=moment)
        for export in old:
            path_of(export).unlink(missing_ok=True)
            _save(export, state=ExportState.EXPIRED, phrase=b"")
        lapsed = Export.objects.filter(
            state=ExportState.ASKED, asked_at__lt=moment - ASKED_FOR
        ).update(state=ExportState.REFUSED, decided_at=moment, phrase=b"")
    return len(old) + lapsed


def path_of(export: Export) -> Path:
    """Return where the archive lies, outside every region's media."""
    return settings.EXPORT_ROOT / str(export.region_id) / f"{export.uuid}.zip"


def _new(region: context.Region, label: str, by: User | None) -> Export:
    sealed = secrets.seal(new_passphrase(), purpose=PURPOSE)
    with context.platform():
        row = Region.objects.select_for_update().get(pk=region.id)
        if Export.objects.filter(region=row, state__in=UNDER_WAY).exists():
            raise ValidationError(_("Another export is under way."), code="under_way")
        return Export.objects.create(
            region=row, asked_by=label[:120], asked_uuid=by.uuid if by else None,
            phrase=sealed, salt=new_salt(),
        )  # fmt: skip


def _decide(export: Export, *, by: str, state: ExportState) -> None:
    gone = {"phrase": b""} if state == ExportState.REFUSED else {}
    _save(export, state=state, decided_by=by[:120], decided_at=timezone.now(), **gone)


def _locked(export: Export) -> Export:
    with context.platform():
        return Export.objects.select_for_update().select_related("region").get(pk=export.pk)


def _save(export: Export, **values: Any) -> None:
    for name, value in values.items():
        setattr(export, name, value)
    with context.platform():
        export.save(update_fields=list(values))


def _expect(export: Export, state: ExportState) -> None:
    if export.state != state:
        raise ValidationError(
            _("This export is: %(state)s.") % {"state": export.get_state_display()}, code="state"
        )


def _admins() -> list[User]:
    return [member.user for member in lasting_admins().select_related("user")]


def _check_admin(by: User) -> None:
    if not (by.is_active and lasting_admins().filter(user_id=by.pk, user__uuid=by.uuid).exists()):
        raise PermissionDenied


def _tell(template: str, export: Export, people: list[User]) -> None:
    region = context.current_region()
    page = f"{region.base_url}{reverse('exports_console:index', urlconf=settings.ROOT_URLCONF)}"
    for person in people:
        notify.send(
            template=f"provisioning/{template}",
            to=notify.Recipient(user=person),
            context={"who": export.asked_by, "url": page},
            dedupe_key=f"{template}:{export.uuid}:{person.uuid}",
        )
