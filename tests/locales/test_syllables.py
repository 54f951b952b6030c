"""The syllables of Dutch words, counted by hand."""

import pytest

from locales.syllables import syllables

BY_HAND = {
    1: "ik jij je u uw jouw hoi dag nee wil blijft leeg eeuw nieuw leeuw schreeuw mooi nooit haai groei jeugd neus "
    "deur huis tijd blijf vrij ijs oud blauw vrouw zee twee typ chat app mail team site coach angst schrijf feest "
    "paard zoon uur fiets knoei trouw één",
    2: "hallo water vader moeder lopen bellen fietsen klachten begint ieder bijna altijd alleen mooie nieuwe vrouwen "
    "leeuwen draaien gooien cliënt bloeien auto buiten gebeurd tijdens iemand vandaag online sorry kantoor bezwaar "
    "idee zeeën koeien buien eruit zoals yoga baby vragen beide teksten geëist vraagt-ie mailtje website jeugdzorg",
    3: "computer museum radio reactie ideeën gemeente beslissing vertrouwen formulier gegevens telefoon "
    "privacy sociaal overleg behandelt gesprekken geantwoord familie bijzonder iedereen mailadres",
    4: "begeleider medewerker patiënten januari officieel financieel situatie beoordelen geïnformeerd",
    5: "organisatie februarimaand bereikbaarheidsdienst klachtenregeling",
    7: "klachtenfunctionaris",
    8: "cliëntvertrouwenspersonen",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in BY_HAND.items() for word in words.split()]
)
def test_a_word_has_as_many_syllables_as_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_capitals_and_decomposed_accents_make_no_difference() -> None:
    assert [syllables(word) for word in ("Cliënt", "CLIËNT", "clie\u0308nt")] == [2, 2, 2]
