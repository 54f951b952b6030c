"""The names of all cookies that a visitor's browser may hold of this site; each holds a secret or nothing."""

VISIT, LINE = "s", "l"
"""A conversation (`bot.web.visits`), under the organisation's path; a line (`bot.line.visits`), under its own."""

LEAVING = "weg"
"""The mark that somebody left just now (`bot.web.guard.gone`): it holds nothing, and is gone within half a minute."""
