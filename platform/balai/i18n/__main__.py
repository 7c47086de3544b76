"""``python -m balai.i18n extract|check|compile [folder ...]``."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from balai.i18n.catalogs import app_folders, compile_all
from balai.i18n.check import contradictions, problems
from balai.i18n.extract import update


def _extract(apps: Iterable[Path]) -> int:
    for app in apps:
        catalog = update(app)
        open_texts = sum(1 for message in catalog if message.id and not message.string)
        print(f"{app.name}: {len(catalog)} texts, {open_texts} to translate")
    return 0


def _check(apps: Iterable[Path]) -> int:
    chosen = list(apps)
    found = [line for app in chosen for line in problems(app)] + list(contradictions(chosen))
    print("\n".join(found) or "Every text has its Indonesian translation.")
    return 1 if found else 0


def _compile(_: Iterable[Path]) -> int:
    print(f"{compile_all()} catalogues compiled")
    return 0


COMMANDS: dict[str, Callable[[Iterable[Path]], int]] = {
    "extract": _extract,
    "check": _check,
    "compile": _compile,
}


def main(arguments: list[str]) -> int:
    """Run one command over the named folders, or over all apps; return the exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    apps = [Path(name).resolve() for name in arguments[1:]] or list(app_folders())
    return COMMANDS[arguments[0]](apps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
