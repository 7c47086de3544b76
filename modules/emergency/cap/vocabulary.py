"""The words CAP allows (section 3.2.2), each in plain words with a line of help."""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.modules.manifest import type_str

Choice = tuple[str, type_str, type_str]

CATEGORIES: Final[tuple[Choice, ...]] = (
    ("Met", _("Weather"), _("Storm, heavy rain, flood, drought.")),
    ("Geo", _("Earth"), _("Earthquake, tsunami, landslide, eruption.")),
    ("Fire", _("Fire"), _("Fires and their smoke.")),
    ("Infra", _("Supply"), _("Power, water, gas, telephone.")),
    ("Safety", _("Safety"), _("Dangers to everybody that fit nowhere else.")),
    ("Health", _("Health"), _("Disease, food, drinking water.")),
    ("Env", _("Environment"), _("Polluted air, water or soil.")),
    ("Transport", _("Transport"), _("Roads, railways, harbours, airports.")),
    ("Security", _("Security"), _("Police and public order.")),
    ("Rescue", _("Rescue"), _("Searches for missing people.")),
    ("CBRNE", _("Chemicals"), _("Poison, radiation, explosives.")),
    ("Other", pgettext_lazy("alert", "Other"), ""),
)
RESPONSES: Final[tuple[Choice, ...]] = (
    ("Prepare", _("Get ready"), _("What one should have at hand or do beforehand.")),
    ("Avoid", _("Stay away"), _("Do not go to the area.")),
    ("Shelter", _("Take shelter"), _("Stay indoors or where you are.")),
    ("Evacuate", _("Leave the area"), _("Go to the places named.")),
    ("Execute", _("Do what was agreed"), _("An agreed plan begins.")),
    ("Monitor", _("Keep listening"), _("Follow the news of the region.")),
    ("AllClear", _("All clear"), _("The danger is over.")),
    ("None", _("Nothing"), _("For information only.")),
)
URGENCIES: Final[tuple[Choice, ...]] = (
    ("Immediate", _("Now"), _("One must act at once.")),
    ("Expected", _("Soon"), _("One must act within the next hour.")),
    ("Future", _("Later"), _("One should act in the near future.")),
    ("Past", _("Over"), _("Nothing needs to be done any more.")),
)
SEVERITIES: Final[tuple[Choice, ...]] = (
    ("Extreme", _("Extreme"), _("Extraordinary danger to life or property.")),
    ("Severe", _("Severe"), _("Considerable danger to life or property.")),
    ("Moderate", _("Moderate"), _("Possible danger to life or property.")),
    ("Minor", _("Minor"), _("Little or no danger to life or property.")),
)
CERTAINTIES: Final[tuple[Choice, ...]] = (
    ("Observed", _("Seen"), _("It has happened or is going on.")),
    ("Likely", _("Likely"), _("More likely than not.")),
    ("Possible", _("Possible"), _("Possible, but not likely.")),
    ("Unlikely", _("Unlikely"), _("Not expected to happen.")),
)
STATUSES: Final[tuple[Choice, ...]] = (
    ("Actual", _("Real"), _("Everybody shall act on it.")),
    ("Exercise", _("Exercise"), _("Only those who take part in the exercise.")),
    ("Test", pgettext_lazy("alert", "Test"), _("A test of the system; nobody is told by message.")),
)
RANK: Final = {"Extreme": 4, "Severe": 3, "Moderate": 2, "Minor": 1, "Unknown": 0}
"""Severities by weight; a subscriber wants those from one on."""
