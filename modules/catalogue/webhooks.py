"""What other programs are told: which app went down or came back."""

from balai.modules import EventData
from modules.catalogue import showing
from modules.catalogue.models import App


def facts(event: EventData) -> dict[str, object] | None:
    """Return the app as everybody reads it; None for samples and for officers' apps."""
    app = App.objects.select_related("agency").filter(pk=int(event.payload.get("app") or 0)).first()
    if app is None or app.sample or app.audience != "citizen":
        return None
    return {"app": showing.facts(app)}
