"""The module's objects for the two-city matrix (I-01), with a canary in every field."""

from modules.catalogue.models import App
from modules.catalogue.states import Category, State

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Put an app in use, under the canary's name, into the active region."""
    app = App.objects.create(
        slug="kanari-tangerang", name=CANARY, summary=CANARY, category=Category.TAX,
        url="https://kanari-tangerang.example/", data_held=CANARY, state=State.LIVE,
        state_note=CANARY, package="id.kanari.tangerang", deeplink="kanaritangerang://x",
    )  # fmt: skip
    told: dict[str, object] = {"app": app.slug}
    return {
        "catalogue:app": told,
        "catalogue:open": told,
        "catalogue_desk:app": told,
        "catalogue_desk:move": {**told, "move": "pause"},
        "catalogue_console:app": told,
        "api:catalogue_read_app": told,
    }
