"""What every part of a scheme is made of: words per locale, the clause it comes from, units, and the laws there are."""

from typing import Literal

import msgspec

from flows.messages import Label as Text

Label = dict[str, str]
"""Words per locale: ``{nl: Haarlem, en: Haarlem}``; ``nl`` is always there. ``nl@u`` and ``nl@kind`` may be."""

Clause = str | tuple[str, ...]
Weekday = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]
Unit = Literal["working_days", "days", "weeks", "months", "years"]
Regime = Literal["jeugdwet", "gesloten_jeugdhulp", "veilig_thuis", "wkkgz", "wmo", "awb", "wzd"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a scheme: data that cannot be changed, with the keys of its fields and no other."""


def words(label: Label) -> Text:
    """A scheme's label as part of a message."""
    return Text(tuple(label.items()))
