"""Texts in pieces, and buttons that say nothing."""

import msgspec
import pytest

from bot.channels import showing
from locales import Rendered
from locales.rendering import Choice
from storage.records import Draft

KEY = showing.key_of("4200000001:AAE-test")


def question(id: str = "ask", *, multiple: bool = False) -> Rendered:
    options = (Choice("yes", "Ja"), Choice("no", "Nee"), Choice("skip", "Dat zeg ik liever niet"))
    return Rendered(id, "Klopt dat?", options, multiple=multiple)


def test_short_text_is_one_piece() -> None:
    assert showing.pieces(" Hallo. ") == ("Hallo.",)


def test_long_text_is_parted_at_the_end_of_a_sentence() -> None:
    sentence = "Dit is een zin van gewone lengte. "
    pieces = showing.pieces(sentence * 400)

    assert {piece[-1] for piece in pieces} == {"."}
    assert max(map(len, pieces)) <= showing.LONGEST
    assert " ".join(pieces) == (sentence * 400).strip()


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_text_without_an_end_is_parted_where_it_must(letter: str) -> None:
    pieces = showing.pieces(letter * 9000)

    assert "".join(pieces) == letter * 9000
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) <= showing.LONGEST


def test_buttons_are_two_beside_each_other_where_they_are_narrow() -> None:
    rows = showing.buttons(showing.shown(KEY, "4711", question()), "Klaar")

    assert [[button.label for button in row] for row in rows] == [["Ja", "Nee"], ["Dat zeg ik liever niet"]]


def test_several_answers_are_switched_and_sent_below() -> None:
    rows = showing.buttons(showing.shown(KEY, "4711", question(multiple=True)), "Klaar")

    assert [[(button.label, button.data[0]) for button in row] for row in rows] == [
        [("☐ Ja", "s"), ("☐ Nee", "s")],
        [("Dat zeg ik liever niet", "c")],
        [("Klaar", "d")],
    ]


def test_a_label_is_marked_once() -> None:
    assert showing.marked(showing.marked("☐ Ja", on=True), on=True) == "☑ Ja"
    assert showing.marked("☑ Ja", on=False) == "☐ Ja"


def test_what_a_button_says_belongs_to_its_chat_and_its_question() -> None:
    asked = showing.tags(KEY, "4711", question())
    beside = showing.Face(KEY, "4711").beside(Draft(None, 0), (question(),))

    assert tuple(showing.remembered(beside)) == asked
    assert set(asked) & set(showing.tags(KEY, "4712", question())) == set()
    assert set(asked) & set(showing.tags(KEY, "4711", question("other"))) == set()


def test_a_turn_in_which_nothing_is_said_leaves_the_question_as_it_stands() -> None:
    before = showing.Face(KEY, "4711").beside(Draft(None, 0), (question(),))

    assert showing.Face(KEY, "4711").beside(Draft(None, 0, before), ()) == before


def test_long_message_goes_out_in_pieces_of_which_the_last_has_the_buttons() -> None:
    long = Rendered("ask", "Een zin. " * 1000, question().options)
    bodies = showing.Face(KEY, "4711").outgoing(Draft(None, 0), (long,))
    known = showing.remembered(showing.Face(KEY, "4711").beside(Draft(None, 0), (long,)))
    sent = [msgspec.json.decode(body, type=showing.Shown) for body in bodies]

    assert [len(piece.options) for piece in sent] == [0, 0, 3]
    assert sent[-1].tags == tuple(known)


def test_what_is_said_in_a_turn_is_one_bubble_and_its_buttons_stand_below_it() -> None:
    said = (Rendered("a", "Hallo."), Rendered("b", "Dank je."), question())
    (bubble,) = showing.bubbles(said)

    assert bubble == Rendered("ask", "Hallo.\n\nDank je.\n\nKlopt dat?", question().options)
    assert list(showing.remembered(showing.Face(KEY, "4711").beside(Draft(None, 0), said)).values()) == [
        "yes", "no", "skip"
    ]  # fmt: skip


def test_nothing_joins_what_it_may_not_be_sent_with() -> None:
    first, secret, copy = (
        Rendered("a", "Hallo."),
        Rendered("b", "Niet door te sturen.", sensitive=True),
        Rendered("c", "Je kopie:", body="Klacht 1", sensitive=True),
    )
    long = Rendered("d", "x" * (showing.LONGEST - len("Hallo.\n\n") + 1))
    apart = [
        (first, secret), (secret, first), (secret, copy), (copy, secret), (question(), first), (first, long)
    ]  # fmt: skip

    assert [showing.bubbles(said) for said in apart] == apart
    assert len(showing.bubbles((first, Rendered("d", long.text[1:])))) == 1
