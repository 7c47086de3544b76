"""Everything before the first request: texts, static files, regions. A process of its own.

``python -m balai.demo.prepare PLACES``: the supervisor never loads Django, and what this needs
of memory and connections is gone when it is done. Safe to repeat; then it takes a second.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.module_loading import import_string

from balai.demo.places import Place, save
from balai.i18n import compile_all

Echo = Callable[[str], None]


def main(places: Path, echo: Echo) -> None:
    """Prepare the demo and keep its addresses in ``places``."""
    compile_translations(echo)
    django.setup()
    collect_static(echo)
    made = import_string(settings.DEMO_SETUP)(echo)
    found = [place for place in made or () if isinstance(place, Place)]
    save(found or [Place("Balai", f"http://{settings.APEX_HOST}/")], places)


def compile_translations(echo: Echo) -> None:
    """Compile what has changed; a read-only installation was compiled when it was built."""
    try:
        compiled = compile_all()
    except PermissionError as error:
        echo(f"Translations are left as they are: {error.filename} may not be written")
        return
    if compiled:
        echo(f"Translations compiled ({compiled})")


def collect_static(echo: Echo) -> None:
    """Collect and compress the static files, unless none has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".sources"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    echo("Static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, encoding="ascii")


def _fingerprint() -> str:
    """Return a hash over the name, size and time of every static file."""
    digest = hashlib.sha256()
    for entry in sorted(_sources()):
        digest.update(json.dumps(entry).encode())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            yield name, about.st_size, about.st_mtime_ns


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), _say)
