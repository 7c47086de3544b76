"""After an import its days go out; after a publication those who wait for a price are told."""

from balai.accounts.models import User
from balai.importing.models import ImportRun
from balai.importing.services.stepping import ENDED
from balai.modules import EventData, receiver
from modules.prices import topics
from modules.prices.models import Publication
from modules.prices.services import taking_in, watching

KIND = "prices.quotes"


@receiver(ENDED)
def publish_imported(event: EventData) -> None:
    """Publish what a finished import brought, if that was asked for."""
    run = ImportRun.objects.filter(pk=event.payload["run"] or 0, kind=KIND).first()
    if run is not None and run.state == ImportRun.State.DONE and run.options.get("publish"):
        taking_in.publish_taken(source=run.options["source"], by=run.created_by)


@receiver(topics.TAKEN_IN)
def publish_more(event: EventData) -> None:
    """Go on with the next days."""
    person = User.objects.filter(pk=event.payload["person"] or 0).first()
    taking_in.publish_taken(source=event.key, by=person)


@receiver(topics.PUBLISHED)
def look_at_watches(event: EventData) -> None:
    """Hold the watched prices against the day."""
    found = Publication.objects.filter(pk=event.payload["publication"] or 0).first()
    if found is not None:
        watching.look(publication=found)


@receiver(topics.FELL)
def tell_watchers(event: EventData) -> None:
    """Write to everybody who waits for this price."""
    watching.tell(
        watch_=int(event.payload["watch"] or 0),
        publication=int(event.payload["publication"] or 0),
        reference=f"prices.fell:{event.id}",
    )
