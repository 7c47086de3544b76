"""Write the skeleton of a new module: ``make module SLUG=parks``."""

import re
import sys
from pathlib import Path

from balai.devtools.skeleton import DOC, FILES

SLUG = re.compile(r"[a-z][a-z_]{1,29}\Z")


def main(arguments: list[str]) -> int:
    """Write the files of the module named on the command line; return the exit code."""
    slug = arguments[0] if arguments else ""
    if not SLUG.match(slug):
        print("Say the module's name, lower case: make module SLUG=parks")
        return 2
    folder = Path("modules") / slug
    if folder.exists():
        print(f"{folder} is there already.")
        return 1
    title = slug.replace("_", " ").capitalize()
    names = {"slug": slug, "title": title, "klass": title.title().replace(" ", "")}
    for name, text in FILES.items():
        _write(folder / name.format(**names), text.format(**names))
    _write(Path("docs/modules") / f"{slug}.md", DOC.format(**names))
    print(f"Wrote {folder} and docs/modules/{slug}.md. Next: python -m balai.i18n extract {folder}")
    return 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
