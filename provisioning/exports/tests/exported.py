"""An export of the active region, and a link to it made for its first account."""

from django.utils import timezone

from balai import context
from balai.accounts.models import User
from provisioning.exports import services
from provisioning.models import Export, ExportState
from tests.isolation.exhibits import Exhibits


def exported(label: str) -> Exhibits:
    """Keep an export that ``label`` asked for, ready to be downloaded."""
    region = context.current_region()
    with context.platform():
        made = Export.objects.create(
            region_id=region.id, state=ExportState.READY, asked_by=label, phrase=b"", salt=b"",
            finished_at=timezone.now(), expires_at=timezone.now() + services.KEPT, sha256="0" * 64,
        )  # fmt: skip
    path = services.path_of(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(label.encode() * 100)
    token = services.link(made, by=User.objects.order_by("pk").first()).split("/")[-2]
    routes = ("allow", "refuse", "passphrase", "accept")
    return {f"exports_console:{name}": {"uuid": made.uuid} for name in routes} | {
        "exports_console:file": {"token": token}
    }
