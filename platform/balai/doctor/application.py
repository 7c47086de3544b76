"""The application itself: secrets, tables, texts, static files, and what layers above add."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.utils.module_loading import import_string

from balai.doctor.finding import Finding, bad, note, ok
from balai.health import listening
from balai.health.probes import migrations
from balai.health.settings_rules import broken_rules
from balai.i18n.catalogs import app_folders, po_path

A_STYLE_SHEET: Final = "balai/css/core.css"


def look() -> Iterator[Finding]:
    """Look at everything that needs Django; settings say what the layers above look at."""
    yield from secrets()
    yield listens()
    yield from tables()
    yield texts()
    yield static_files()
    for path in getattr(settings, "DOCTOR_CHECKS", ()):
        check: Callable[[], Iterable[Finding]] = import_string(path)
        yield from check()


def secrets() -> Iterator[Finding]:
    """Are production's secrets set, and its dangerous switches off?"""
    broken = [refusal for _, refusal in broken_rules()]
    for refusal in broken:
        yield bad("Settings", refusal.problem, refusal.remedy)
    for path in Path(settings.STATE).glob("secret*"):
        for file in [path] if path.is_file() else path.iterdir():
            if file.stat().st_mode & 0o077:
                yield bad("Secrets", f"{file} can be read by others", f"chmod 600 {file}")
    if not broken:
        yield ok("Settings", "complete")


def listens() -> Finding:
    """Do notices arrive?"""
    if listening.hears():
        return ok("LISTEN", "notices arrive")
    remedy = "Set BALAI_LISTEN_DATABASE_URL to the database itself."
    return bad("LISTEN", "nothing arrives: there is a transaction pooler in between", remedy)


def tables() -> Iterator[Finding]:
    """Have all schemas the tables that the code expects?"""
    pending = migrations.shared_pending()
    if pending:
        said = f"the shared schema lacks {', '.join(pending[:3])}"
        yield bad("Migrations", said, "balai migrate  (`balai demo` does it by itself)")
        return
    yield ok("Migrations", "the shared schema is up to date")
    behind = migrations.regions_behind()
    if behind:
        said = f"{len(behind)} regions are behind: {', '.join(behind[:3])}"
        yield bad("Regions", said, "balai fleet upgrade")
    else:
        yield ok("Regions", "all are up to date")


def texts() -> Finding:
    """Are the translations compiled?"""
    catalogs = [po_path(app) for app in app_folders()]
    stale = [po for po in catalogs if po.exists() and not _compiled(po)]
    if stale:
        said = f"{len(stale)} catalogues are not compiled"
        return bad("Translations", said, "python -m balai.i18n compile")
    return ok("Translations", "compiled")


def _compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def static_files() -> Finding:
    """Are the static files where the web looks for them?"""
    from django.contrib.staticfiles.storage import staticfiles_storage  # needs the settings' app

    try:
        staticfiles_storage.url(A_STYLE_SHEET)
    except (ValueError, SuspiciousFileOperation):
        remedy = "python -m django collectstatic --noinput  (`balai demo` does it by itself)"
        return note("Static files", f"not collected in {settings.STATIC_ROOT}", remedy)
    return ok("Static files", str(settings.STATIC_ROOT))
