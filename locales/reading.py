"""The texts of a catalogue, as gettext uses them.

Babel reads the same files for whoever edits or measures them (`locales.catalogues.catalogue`). Here it would cost
every start 30 ms, most of it for dates, time zones and mail that no catalogue needs. What Babel makes of our files
is made of them here too (tests/locales/test_reading.py); whatever else a catalogue might hold is an error.
"""

import re
from collections.abc import Iterator
from gettext import NullTranslations, c2py

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[\d\]) )?"((?:[^"\\]|\\["\\nt])*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t"}
_PLURAL = re.compile(r"^Plural-Forms:.*\bplural=([^;\n]+)", re.MULTILINE)


class Texts(NullTranslations):
    """What a catalogue words, and behind it what it falls back on."""

    def __init__(self, catalogue: str) -> None:
        """Reads `catalogue`, the content of a ``.po`` file. Raises `ValueError` when it cannot be read."""
        super().__init__()
        self._plural = c2py("n != 1")
        self._one: dict[str, str] = {}
        self._counted: dict[tuple[str, int], str] = {}
        for id, forms in _entries(catalogue):
            if not id:
                found = _PLURAL.search(forms.get("msgstr", ""))
                self._plural = c2py(found[1]) if found else self._plural
            elif forms.get("msgstr"):
                self._one[id] = forms["msgstr"]
            for keyword, form in forms.items():
                if keyword.startswith("msgstr[") and form:
                    self._counted[id, int(keyword[7])] = form

    def gettext(self, message: str) -> str:
        """The words of a message; of one that is counted, those for one."""
        found = self._one.get(message) or self._counted.get((message, self._plural(1)))
        return super().gettext(message) if found is None else found

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The words of a message that is counted, for this many."""
        found = self._counted.get((msgid1, self._plural(n)))
        return super().ngettext(msgid1, msgid2, n) if found is None else found


def _entries(catalogue: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The messages one by one: the id, and what stands behind each keyword (``msgstr``, ``msgstr[0]`` …)."""
    entry: dict[str, str] = {}
    keyword = ""
    for line in map(str.strip, catalogue.split("\n")):
        if not line or line.startswith("#"):
            if "fuzzy" in line and line.startswith("#,"):
                raise ValueError(f"a translation that nobody has confirmed: {line}")
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"not understood in a catalogue: {line}")
        begins, text = found.groups()
        if begins == "msgid" and entry:
            yield entry.pop("msgid", ""), entry
            entry = {}
        keyword = begins or keyword
        entry[keyword] = entry.get(keyword, "") + (_ESCAPED.sub(_meant, text) if "\\" in text else text)
    if entry:
        yield entry.pop("msgid", ""), entry


def _meant(escaped: re.Match[str]) -> str:
    return _MEANT.get(escaped[1], escaped[1])
