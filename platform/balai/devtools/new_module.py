"""Write the skeleton of a new module: ``make module SLUG=parks``."""

import re
import sys
from pathlib import Path

SLUG = re.compile(r"[a-z][a-z_]{1,29}\Z")
FILES = {
    "__init__.py": '"""{title}: say here in one line what the module is for."""\n',
    "apps.py": '''"""What {slug} says about itself."""

from django.utils.translation import gettext_lazy as _

from balai.modules import Module, NavItem


class {klass}(Module):
    """{title}."""

    name = "modules.{slug}"
    verbose_name = _("{title}")
    summary = _("One sentence for the admin who decides whether to switch {title} on.")
    consequence = _("Citizens no longer see {title}. All data stays.")
    icon = "square"
    nav = [NavItem(_("{title}"), "{slug}:list", icon="square")]
''',
    "views.py": '''"""Pages of {slug}."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def item_list(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    return render(request, "{slug}/list.html")
''',
    "urls.py": '''"""Citizens' addresses of {slug}."""

from django.urls import path

from modules.{slug} import views

urlpatterns = [path("", views.item_list, name="list")]
''',
    "templates/{slug}/list.html": """{{% extends "balai/citizen.html" %}}
{{% block title %}}{{% translate "{title}" %}}{{% endblock %}}
{{% block content %}}
  <h1>{{% translate "{title}" %}}</h1>
{{% endblock %}}
""",
    "tests/__init__.py": "",
    "tests/test_pages.py": '''"""The pages of {slug}."""

import pytest

pytestmark = pytest.mark.django_db


def test_first_page_opens(region, client_for) -> None:
    assert client_for(region).get("/{slug}/").status_code == 200
''',
}
DOC = "# {title}\n\nWhat it does for citizens, for officers and for the region's admin.\n"


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
