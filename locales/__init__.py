"""Every sentence that a person reads: gettext catalogues per language and register, and what fills them."""

from locales.catalogues import LOCALES, known, missing
from locales.reasons import reason
from locales.rendering import Choice, Line, Rendered, render, text, warm

__all__ = ["LOCALES", "Choice", "Line", "Rendered", "known", "missing", "reason", "render", "text", "warm"]
