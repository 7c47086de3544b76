"""Translations without the gettext tools: Babel collects, checks and compiles them."""

from balai.i18n.catalogs import compile_all

__all__ = ["compile_all"]
