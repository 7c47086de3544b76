"""What a fresh module consists of: files by name, with {slug}, {title} and {klass} to fill in."""

from typing import Final

FILES: Final = {
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
    "models.py": '''"""What {slug} stores."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Item(models.Model):
    """One entry, and who wrote it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
''',
    "migrations/__init__.py": "",
    "migrations/0001_initial.py": '''"""The tables of {slug}."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Create Item."""

    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={{"ordering": ("-id",)}},
        ),
    ]
''',
    "data_classes.py": '''"""What the tables of {slug} hold: which fields are about a person."""

from balai.classify import table

TABLES = {{
    "Item": table(none="id uuid name created_at", ordinary="created_by", about="officers"),
}}
''',
    "purposes.py": '''"""Why {slug} keeps data of persons (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="{slug}.items",
        label=_("{title}"),
        text=_("Who wrote an entry."),
        basis=Basis.PUBLIC,
        data=(_("The officer who wrote it"),),
        models=("{slug}.Item",),
        retention=_("As long as the entry"),
    ),
)
''',
    "subject.py": '''"""What {slug} keeps about a person, for them (UU PDP 27/2022, article 7)."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from modules.{slug}.models import Item

TITLE: Final = _("{title}")


def collect(person: Person) -> list[dict[str, Any]]:
    """Return what a person wrote."""
    if person.user is None:
        return []
    rows = Item.objects.filter(created_by=person.user).order_by("id")
    return [{{"at": row.created_at.isoformat(), "name": row.name}} for row in rows]


def erase(person: Person, now: datetime) -> list[Kept]:
    """Forget who wrote an entry; it stays, for it is the office's."""
    if person.user is not None:
        Item.objects.filter(created_by=person.user).update(created_by=None)
    return []
''',
    "views.py": '''"""Pages of {slug}."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modules.{slug}.models import Item

PER_PAGE = 25


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """List the entries, the newest first."""
    page = Paginator(Item.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "{slug}/list.html", {{"page": page}})
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
  {{% if page %}}<ul class="card card--flush list">
    {{% for item in page %}}<li class="item">{{{{ item.name }}}}</li>{{% endfor %}}
  </ul>{{% page_nav page %}}
  {{% else %}}<p class="card empty">{{% translate "Nothing here yet." %}}</p>{{% endif %}}
{{% endblock %}}
""",
    "tests/__init__.py": "",
    "tests/test_pages.py": '''"""The pages of {slug}."""

import pytest
from django.utils import timezone

from balai.context import region_context
from balai.privacy.person import Person
from modules.{slug} import subject
from modules.{slug}.models import Item

pytestmark = pytest.mark.django_db


def test_entries_are_listed(region, client_for) -> None:
    assert client_for(region).get("/{slug}/").status_code == 200
    with region_context(region):
        Item.objects.create(name="First entry")
    assert "First entry" in client_for(region).get("/{slug}/").content.decode()


def test_who_wrote_is_told_and_forgotten(in_region, make_user) -> None:
    person = Person(user=make_user())
    Item.objects.create(name="Mine", created_by=person.user)
    Item.objects.create(name="Somebody else's", created_by=make_user())
    assert [row["name"] for row in subject.collect(person)] == ["Mine"]
    assert subject.erase(person, timezone.now()) == []
    assert subject.collect(person) == []
    assert Item.objects.count() == 2
''',
}
DOC: Final = "# {title}\n\nWhat it does for citizens, for officers and for the region's admin.\n"
