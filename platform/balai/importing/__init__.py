"""Tables that people bring along: CSV and XLSX with dry run, row errors and resumption.

A module offers an importer in its ``importers.py``::

    from balai.importing import Column, Importer, Outcome, importer

    @importer("parks.trees")
    class Trees(Importer): ...
"""

from balai.importing.columns import Column, Importer, Invalid, Outcome, Problem, Row
from balai.importing.registry import importer

__all__ = ["Column", "Importer", "Invalid", "Outcome", "Problem", "Row", "importer"]
