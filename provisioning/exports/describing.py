"""What stands beside the rows: the region itself, its papers, the schema, the instructions."""

from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any, Final

from django.apps import apps

from balai import context
from balai.classify import registry
from provisioning import release
from provisioning.models import LegalBasis, Release
from tenants.models import ModuleSwitch, Region

HERE: Final = Path(__file__).parent
SCHEMA: Final = "region"


def region() -> dict[str, Any]:
    """Return what the directory knows of the active region; nothing of a person."""
    here = context.current_region()
    with context.platform():
        row = Region.objects.get(pk=here.id)
        return {
            "slug": row.slug, "code": row.code, "name": row.name, "kind": row.kind,
            "province": row.province, "timezone": row.timezone, "state": row.state,
            "brand": row.brand, "words": row.words,
            "created_at": row.created_at.isoformat(timespec="seconds"),
            "domains": sorted(row.domains.values_list("domain", flat=True)),
            "modules": list(
                ModuleSwitch.objects.filter(region=row).order_by("slug").values(
                    "slug", "allowed", "enabled", "label", "position", "settings"
                )
            ),
            "documents": [
                {"file": f"{kept.kind}-{kept.pk}.pdf", "kind": kept.kind, "number": kept.number,
                 "dated": kept.dated.isoformat()}
                for kept in _papers(row.pk)
            ],
        }  # fmt: skip


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield the active region's agreements and decrees, (name, content)."""
    here = context.current_region()
    with context.platform():
        for kept in _papers(here.id):
            with kept.document.open("rb") as file:
                yield f"{kept.kind}-{kept.pk}.pdf", file.read()


def made_of() -> Release:
    """Return the release that the running code makes regions of; its SQL names the schema."""
    found = release.ensure()
    found.sql = release.fill(found.sql, SCHEMA)
    return found


def schema() -> dict[str, Any]:
    """Return each table with its columns: type, target, how personal, and why one stays behind."""
    found: dict[str, Any] = {}
    for model in registry.region_models():
        table = registry.of(model)
        columns = {}
        for field in model._meta.local_concrete_fields:
            to = field.related_model
            columns[field.column] = {
                "type": field.get_internal_type(),
                "null": field.null,
                "key": field.primary_key,
                "to": to._meta.db_table if isinstance(to, type) else "",
                "personal": table.fields[field.name].value,
                "withheld": getattr(table.withheld.get(field.name), "reason", ""),
                "sealed": field.name in table.sealed,
                "digest_of": getattr(table.digests.get(field.name), "of", ""),
            }
        found[model._meta.db_table] = {
            "model": model._meta.label,
            "app": apps.get_app_config(model._meta.app_label).name,
            "about": list(table.about),
            "left_out": table.left_out,
            "columns": columns,
        }
    return found


def readme(language: str, facts: dict[str, Any]) -> str:
    """Return the instructions in "id" or "en"."""
    text = (HERE / f"README.{language}.md").read_text(encoding="utf-8")
    rows = sum(table["rows"] for table in facts["tables"])
    return Template(text).substitute(
        name=facts["region"]["name"], code=facts["region"]["code"], made_at=facts["made_at"],
        tables=len(facts["tables"]), rows=rows, files=len(facts["media"]),
        fingerprint=facts["release"]["fingerprint"],
    )  # fmt: skip


def _papers(region_id: int) -> Iterator[LegalBasis]:
    yield from LegalBasis.objects.filter(region_id=region_id).order_by("pk")
