"""Write ``docs/reference/``: what the code itself says of modules, events, settings and pages."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path("docs/reference")


def main() -> int:
    """Write every generated page; return the exit code."""
    os.environ.setdefault("BALAI_STATE", ".balai-test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings.development")
    import django
    from django.utils import translation

    django.setup()
    TARGET.mkdir(parents=True, exist_ok=True)
    with translation.override("en"):
        pages = {"modules": _modules(), "events": _events(), "addresses": _addresses()}
        for name, lines in pages.items():
            (TARGET / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"Wrote {', '.join(sorted(pages))} to {TARGET}.")
    return 0


def _modules() -> Iterator[str]:
    from balai.modules import registry

    yield "# Modules\n\nWritten by `make docs` from the manifests.\n"
    for module in registry.installed():
        yield f"## {module.slug}: {module.verbose_name}\n\n{module.summary}\n"
        yield f"Switched off: {module.consequence}\n"
        yield "| permission | meaning | roles |\n|---|---|---|"
        for item in module.permissions:
            yield f"| `{module.slug}.{item.codename}` | {item.label} | {', '.join(item.roles)} |"
        yield ""


def _events() -> Iterator[str]:
    from balai.modules import events

    yield "# Events\n\nTopics of the outbox and who listens. Written by `make docs`.\n"
    yield "| topic | receivers |\n|---|---|"
    for topic in sorted(events.known_topics()):
        names = ", ".join(f"`{events.name_of(item)}`" for item in events.every_receiver_of(topic))
        yield f"| `{topic}` | {names} |"


def _addresses() -> Iterator[str]:
    from balai.devtools.routes import routes

    for title, urlconf in (("region", "balai.urls_region"), ("public site", "balai.urls_public")):
        yield f"# Addresses of a {title}\n"
        yield "| address | name |\n|---|---|"
        for route in routes(urlconf):
            yield f"| `/{route.pattern}` | `{route.name}` |"
        yield ""


if __name__ == "__main__":
    sys.exit(main())
