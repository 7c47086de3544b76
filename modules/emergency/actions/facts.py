"""Note and change what is known."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from modules.emergency import facts_form, incident_forms, workflow
from modules.emergency.actions.action import Action
from modules.emergency.scene import Scene
from modules.emergency.services import editing


def _writes(scene: Scene) -> bool:
    may = scene.user.has_perm(editing.TAKE) or scene.user.has_perm(workflow.DISPATCH)
    return may and scene.visible


def _note(scene: Scene, form: Any) -> str:
    editing.note(incident=scene.incident, text=form.cleaned_data["text"], by=scene.user)
    return _("Noted.")


def _edit(scene: Scene, form: Any) -> str:
    changed = editing.change(
        incident=scene.incident, began=form.began, wanted=form.wanted(), by=scene.user
    )
    return _("Saved.") if changed else _("Nothing was different.")


# fmt: off
ACTIONS: tuple[Action, ...] = (
    Action("note", gettext_lazy("Write a note"), "sticky-note", _note, _writes,
           incident_forms.NoteForm, key="n"),
    Action("edit", gettext_lazy("Change facts"), "pencil", _edit,
           lambda scene: _writes(scene) and scene.incident.open,
           facts_form.FactsForm, key="e"),
)
# fmt: on
