"""What code that may run for a region must not contain, found in its syntax tree (I-07)."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("platform/balai", "tenants", "themes", "provisioning", "modules")
TENANT_DOORS = {
    "set_tenant",
    "set_schema",
    "set_schema_to_public",
    "schema_context",
    "tenant_context",
}
THREADS = {
    "Thread",
    "Timer",
    "ThreadPoolExecutor",
    "start_new_thread",
    "to_thread",
    "run_in_executor",
}

# Where a thing is the right one. Each with its reason; the list may only shrink.
ALLOWED = {
    ("signing", "platform/balai/signing.py"): "the one helper that puts the region into the salt",
    ("thread", "platform/balai/demo/run.py"): "watches child processes before any region exists",
    ("thread", "platform/balai/asgi.py"): "start-up checks, before the first request",
    ("thread", "platform/balai/live/listener.py"): "opens the LISTEN connection; reads no table",
    ("thread", "provisioning/cells/moving/copying.py"): "works on raw connections handed to it",
    ("thread", "provisioning/fleet/runner.py"): "each job enters its own region in its thread",
    ("door", "tenants/backend/base.py"): "defines them, through the ContextVar",
}


def sources() -> Iterator[Path]:
    """Yield our own code, without tests and migrations."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def findings(source: str) -> Iterator[tuple[str, int]]:
    """Yield (kind, line) of everything banned in ``source``."""
    for node in ast.walk(ast.parse(source)):
        for kind in _kinds(node):
            yield kind, node.lineno  # type: ignore[attr-defined]  # only nodes with a line have kinds


def _kinds(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.With | ast.AsyncWith):
        if any(_names_a_region(item.context_expr) for item in node.items):
            yield "with"
    elif isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        if node.module == "django.core.signing" or (
            node.module == "django.core" and "signing" in names
        ):
            yield "signing"
        if names & TENANT_DOORS:
            yield "door"
    elif isinstance(node, ast.Import):
        if any(alias.name == "django.core.signing" for alias in node.names):
            yield "signing"
    elif isinstance(node, ast.Call):
        yield from _call(node)


def _call(node: ast.Call) -> Iterator[str]:
    name = _last(node.func)
    insensitive = any(
        word.arg == "thread_sensitive" and getattr(word.value, "value", None) is False
        for word in node.keywords
    )
    if name in THREADS or insensitive:
        yield "thread"
    if name in TENANT_DOORS and isinstance(node.func, ast.Attribute):
        yield "door"
    switching = name in {"activate", "deactivate"} and isinstance(node.func, ast.Attribute)
    if switching and _names_a_region(node.func.value):
        yield "with"


def _names_a_region(node: ast.expr) -> bool:
    """Tell whether an expression is a region itself and not a call that makes a context."""
    if not isinstance(node, ast.Name | ast.Attribute):
        return False
    name = (_last(node) or "").lower()
    return any(word in name for word in ("region", "tenant", "city"))


def _last(node: ast.expr) -> str | None:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)
