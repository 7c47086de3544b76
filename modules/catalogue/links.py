"""What is a package name, and which links may open an installed app."""

import re
from typing import Final

PACKAGE: Final = re.compile(r"[A-Za-z][\w]*(\.[A-Za-z][\w]*)+\Z")
DEEPLINK: Final = re.compile(r"[a-z][a-z0-9+.\-]{1,30}://[^\s\"'<>\\]{1,260}\Z")
NOT_LINKS: Final = frozenset({"javascript", "data", "vbscript", "file", "blob", "about", "intent"})
