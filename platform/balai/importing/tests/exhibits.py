"""One import for every address that names one (I-01)."""

from django.core.files.base import ContentFile

from balai.importing import registry, services
from balai.importing.models import ImportRun, RowError

CANARY = "KANARI-TANGERANG"
PAGES = ("detail", "progress", "columns", "values", "start", "resume", "cancel")


def exhibits() -> dict[str, dict[str, object]]:
    """Upload a table with a mistake in the active region."""
    importer = registry.find("specimen.notes") or registry.every()[0]
    file = ContentFile(f"{CANARY},isi\n{CANARY},lain\n".encode(), name=f"{CANARY}.csv")
    run = services.upload(importer=importer, file=file, by=None)
    services.check(run=run, mapping={importer.columns[0].name: 1}, options={})
    for _slice in ("unfold", "judge"):
        services.advance(run.pk)
    ImportRun.objects.filter(pk=run.pk).update(failed=1)
    RowError.objects.create(run=run, row=2, message=CANARY, value=CANARY)
    one: dict[str, object] = {"reference": run.uuid}
    return {
        **{f"importing_console:{page}": one for page in PAGES},
        "importing_console:mistakes": {**one, "form": "csv"},
    }
