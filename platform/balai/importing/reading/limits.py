"""How large a table may be, and what is said of one that cannot be read."""

import re
from typing import Any, Final

from django.utils.translation import gettext_noop

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 32_767
"""What a cell of a spreadsheet holds at most."""
MAX_UNZIPPED: Final = 120 * 1024 * 1024
MAX_ENTRIES: Final = 2_000
MAX_SECONDS: Final = 35.0
"""Unfolding must end within one job, which may take 50 s."""
GUARDED: Final = re.compile(r"'(?=[=+\-@\t\r])")
# What XML and PostgreSQL do not take in a text; line breaks and tabs stay.
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


class TableProblem(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for a table that cannot be read; its text is English, translated when it is shown."""

    EMPTY = gettext_noop("The table is empty.")
    TOO_LARGE = gettext_noop("The file is larger than 20 MB. Divide it into several files.")
    TOO_MANY_ROWS = gettext_noop(
        "The table has more than 200,000 rows. Divide it into several files."
    )
    TOO_MANY_COLUMNS = gettext_noop("The table has more than 200 columns.")
    UNPACKS_TOO_LARGE = gettext_noop(
        "The workbook unpacks to more than 120 MB. Save the sheet as CSV and send that."
    )
    TOO_SLOW = gettext_noop("The workbook takes too long to read. Save the sheet as CSV.")
    OLD_EXCEL = gettext_noop(
        "This is a workbook of an old kind (.xls), or locked with a password. Save it as .xlsx or "
        "CSV without a password."
    )
    NO_WORKBOOK = gettext_noop("This is not a workbook that can be read. Save it as .xlsx or CSV.")
    NO_TABLE = gettext_noop("This is not a table. Send a CSV or XLSX file.")
    BROKEN_CSV = gettext_noop("The CSV file is broken: a quotation mark is not closed.")
    GONE = gettext_noop("The file is no longer there. Upload it again.")


def clean(cell: Any) -> str:
    """Return a cell's text as everything later wants it: trimmed, unguarded, without controls."""
    text = CONTROL.sub("", str(cell)).replace("\r\n", "\n").replace("\r", "\n").strip()
    return GUARDED.sub("", text, count=1)[:MAX_CELL] if text.startswith("'") else text[:MAX_CELL]
