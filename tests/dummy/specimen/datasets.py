"""The specimen's open data."""

from balai.opendata import Dataset, Distribution, publish

NOTES = publish(
    Dataset(
        name="specimen.notes",
        title="Notes",
        description="Every note there is.",
        theme="GOVE",
        frequency="CONT",
        keywords=("notes",),
        page="specimen:list",
        distributions=(Distribution("HTML", "text/html", "specimen:list"),),
    )
)
