"""``balai privacy breach``: what to tell whom after a breach, as files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from balai import audit, context
from balai.audit.actor import acting_as
from balai.cli.output import fail, say

app = typer.Typer(no_args_is_help=True)
privacy = typer.Typer(no_args_is_help=True, help="Personal data rights.")
app.add_typer(privacy, name="privacy")
FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
Moment = Annotated[datetime, typer.Option(formats=FORMATS, help="In the region's own time.")]


@privacy.callback()
def group() -> None:
    """Personal data rights."""


@privacy.command("breach")
def breach(
    region: Annotated[str, typer.Option(help="The region's address, such as tangerang.")],
    since: Moment,
    until: Moment,
    noticed: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="When it was noticed; now if left out.")
    ] = None,
    purpose: Annotated[
        list[str] | None, typer.Option(help="A purpose, such as complaints.handling; repeatable.")
    ] = None,
    tables: Annotated[
        list[str] | None, typer.Option(help="A table, such as complaints.Contact; repeatable.")
    ] = None,
    out: Annotated[Path, typer.Option(help="A new folder for the pack.")] = Path("breach"),
) -> None:
    """Write the pack of a breach: whom to tell, drafts of the notices, the timeline."""
    from django.apps import apps
    from django.db import transaction
    from django.utils import timezone

    from balai.privacy import breach_pack, reach, registry
    from balai.privacy.services import breaches

    slugs, labels = purpose or [], tables or []
    unknown = [slug for slug in slugs if registry.purpose(slug) is None]
    known = {model._meta.label for model in apps.get_models()}
    unknown += [label for label in labels if label not in known]
    if unknown or not (slugs or labels):
        raise fail(f"No such purpose or table: {', '.join(unknown) or 'none given'}.")
    city = _region(region)
    with context.region_context(city), acting_as("command line"):
        zone = city.zone
        case = breach_pack.Case(
            noticed_at=noticed.replace(tzinfo=zone) if noticed else timezone.now(),
            since=since.replace(tzinfo=zone), until=until.replace(tzinfo=zone),
            tables=tuple(dict.fromkeys([*reach.tables_of(slugs), *labels])),
            data=tuple(breaches.data_words(slugs)),
        )  # fmt: skip
        try:
            told = breach_pack.write(case, out)
        except FileExistsError as error:
            raise fail(f"{out} is there already.", "Name a new folder with --out.") from error
        with transaction.atomic():
            audit.record(action="privacy.breach_pack", after={"people": told["people"]})
    say(f"{told['people']} people; notices are due {told['due_at']}. The pack is in {out}.")


def _region(slug: str) -> context.Region:
    from django.conf import settings
    from django.utils.module_loading import import_string

    with context.platform():
        for region in import_string(settings.REGION_ITERATOR)():
            if region.slug == slug:
                found: context.Region = region
                return found
    raise fail(f"There is no region {slug}.")
