"""Where each app keeps its texts, and compiling them."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGE = "id"
FLAT_PACKAGES = ("tenants", "themes", "provisioning")
NESTED_PACKAGES = ("balai", "modules")


def app_folders() -> Iterator[Path]:
    """Yield the folder of every app of ours, in a checkout and in an installed wheel alike."""
    for package in FLAT_PACKAGES:
        yield _folder(package)
    for package in NESTED_PACKAGES:
        children = _folder(package).iterdir()
        yield from sorted(path for path in children if (path / "__init__.py").exists())


def po_path(app: Path) -> Path:
    """Return where the app's Indonesian texts are."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were."""
    return sum(_compile(po_path(app)) for app in app_folders() if po_path(app).exists())


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def _compile(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return False
    with po.open("rb") as source:
        catalog = read_po(source, locale=LANGUAGE, domain="django")
    partial = mo.with_suffix(".mo.partial")
    with partial.open("wb") as target:
        write_mo(target, catalog)
    partial.replace(mo)
    return True
