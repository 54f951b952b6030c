"""A catalogue as it is read at every start: what Babel makes of it, and nothing that Babel would not."""

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import locales
from locales.reading import Texts

POLISH = r"""# comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

#. said to \"whoever\" asks
#, python-format
msgid "files"
msgid_plural "files"
msgstr[0] "%(count)s plik"
msgstr[1] "%(count)s pliki"
msgstr[2] ""
"%(count)s "
"plików"

#~ msgid "gone"
#~ msgstr "weg"

msgid "said"
msgstr "Ze zei: \"C:\\new\"\n\ten ging."

msgid "empty"
msgstr ""
"""


def compiled(text: bytes) -> GNUTranslations:
    """The catalogue as Babel compiles it."""
    machine = BytesIO()
    write_mo(machine, read_po(BytesIO(text), abort_invalid=True))
    machine.seek(0)
    return GNUTranslations(machine)


def said(texts: NullTranslations, text: bytes) -> dict[str, list[str]]:
    """Every message in words: as it stands, and for several numbers."""
    ids = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in read_po(BytesIO(text))]
    counted = (0, 1, 2, 5, 12, 22)
    return {
        id: [texts.gettext(id), *(texts.ngettext(id, id, count) for count in counted)] for id in ids if id
    }


def test_every_text_is_as_babel_reads_it() -> None:
    different = []
    for file in sorted(Path(locales.__file__).parent.rglob("*.po")):
        text = file.read_bytes()
        if said(Texts(text.decode()), text) != said(compiled(text), text):
            different.append(file)

    assert different == []


def test_forms_marks_and_what_is_left_out_are_as_babel_reads_them() -> None:
    text = POLISH.encode()

    assert said(Texts(POLISH), text) == said(compiled(text), text)


def test_what_a_catalogue_does_not_word_is_asked_of_what_it_falls_back_on() -> None:
    polish = Texts(POLISH)
    polish.add_fallback(
        Texts('msgid "empty"\nmsgstr "leeg"\n\nmsgid "other"\nmsgstr[0] "een"\nmsgstr[1] "meer"\n')
    )

    assert [polish.gettext(id) for id in ("empty", "other", "nowhere", "gone")] == [
        "leeg",
        "een",
        "nowhere",
        "gone",
    ]
    assert [polish.ngettext("other", "other", count) for count in (1, 2)] == ["een", "meer"]


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a"\nmsgstr "een',
        'msgid "a"\nmsgstr een',
        'msgid "a"\nmsgstr "een" "twee"',
        'msgctxt "b"\nmsgid "a"\nmsgstr "een"',
        'msgid "a"\nmsgstr "een \\x41"',
        '#, fuzzy\nmsgid "a"\nmsgstr "een"',
    ],
)
def test_what_no_catalogue_of_ours_holds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"catalogue|confirmed"):
        Texts(text)
