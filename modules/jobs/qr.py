"""A QR code as SVG in the page itself: no file, no script, sharp on paper."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Modules of white around it (ISO/IEC 18004, 6.3.8)."""


def svg(text: str, label: str) -> SafeString:
    """Return the code of ``text``; ``label`` says what it is to who cannot see it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="jobs-qr" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<rect width="100%" height="100%"/><path d="{}"/></svg>',
        len(rows), len(rows), label, path,
    )  # fmt: skip
