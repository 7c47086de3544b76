"""Static files under names that carry their hash, so that browsers keep them for ever."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped]  # ships no types
    CompressedManifestStaticFilesStorage,
)

# Packages whose sources name files that they do not ship (an optional import, a source map).
INCOMPLETE = ("django_htmx/",)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that also rewrites what ES modules import from each other."""

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Return Django's converter; in incomplete packages a dead reference stays as it is."""
        convert: Any = super().url_converter(name, hashed_files, template)

        def forgiving(match: re.Match[str]) -> str:
            try:
                return str(convert(match))
            except ValueError:
                return match[0]

        return forgiving if name.startswith(INCOMPLETE) else convert
