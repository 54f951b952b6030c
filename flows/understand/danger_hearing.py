"""A text as the danger patterns hear it: each word with what it may stand for, however it was typed.

Children write "hijslaatmij", "selfmoord", "slaaaat", "weg gelopen"; and Dutch itself takes words apart ("weg te
lopen"). Each becomes the word of the lists that it stands for, with the place of all that was typed.
"""

import msgspec

from flows.understand.danger_patterns import Book, Pattern, Word
from flows.understand.danger_tokens import Tokens
from flows.understand.text import stretched, unstretched

_UNCLEAR_FROM = 5
_GLUED_TO = 24
_BEFORE = ("ik", "hij", "zij", "ze", "wil", "mijn", "me", "i", "he", "she", "hes")
_BEHIND = ("mij", "me", "mn", "ons", "mijn", "dood", "haar", "hem")
_VOICED = {"s": "z", "f": "v"}
_UNKNOWN = Word(frozenset(), 0, ())


Part = tuple[str, int, int]
"""A word that is a part of what was typed: the word, and from where to where in that."""


class Heard(msgspec.Struct, frozen=True, eq=False):
    """The words and marks of a text as the lists know them: `norms`, and the elements that each one is.

    `starts` are the patterns that each one may begin. The rest tells where they stand (`span`): `origins` the token
    that each came from, `cuts` which part of it where it is not the whole, `joins` the first and the last of several
    that are one word.
    """

    norms: list[str]
    elements: list[frozenset[int]]
    starts: list[tuple[int, list[Pattern]]]
    tokens: Tokens
    origins: list[int]
    cuts: dict[int, tuple[int, int]]
    joins: dict[int, tuple[int, int]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters from one of the words to another."""
        first, _ = self.joins.get(first, (first, first))
        _, last = self.joins.get(last, (last, last))
        return self._place(first)[0], self._place(last)[1]

    def _place(self, at: int) -> tuple[int, int]:
        start, end = self.tokens.span(self.origins[at])
        if at not in self.cuts:
            return start, end
        first, last = self.cuts[at]
        return start + first, start + last


def hear(book: Book, text: str) -> Heard:
    """`text` as words, the misspelled, glued and parted ones resolved to the words that they stand for."""
    tokens = Tokens(text)
    norms: list[str] = []
    words: list[Word] = []
    origins: list[int] = []
    cuts: dict[int, tuple[int, int]] = {}
    known = book.words
    for number, typed in enumerate(tokens.norms):
        if not typed:
            continue
        norm, word = typed, known.get(typed)
        if norm[0] in _VOICED and (voiced := _VOICED[norm[0]] + norm[1:]) in known:
            norm, word = (norm, _both(word, known[voiced])) if word else (voiced, known[voiced])
        elif word is None and len(norm) >= _UNCLEAR_FROM:
            parts = _resolved(book, norm, tokens, number)
            for part, start, end in parts[:-1]:
                cuts[len(norms)] = start, end
                norms.append(part)
                words.append(known.get(part, _UNKNOWN))
                origins.append(number)
            norm, start, end = parts[-1]
            if len(parts) > 1:
                cuts[len(norms)] = start, end
            word = known.get(norm)
        norms.append(norm)
        words.append(word or _UNKNOWN)
        origins.append(number)
    joins = _joined(book, norms)
    for place, (before, last) in joins.items():
        words[place] = _both(words[place], known[norms[before] + norms[last]])
    return Heard(norms, [word.elements for word in words], _starts(book, words), tokens, origins, cuts, joins)


def _both(one: Word, other: Word) -> Word:
    return Word(one.elements | other.elements, one.mask | other.mask, one.hot + other.hot)


def _joined(book: Book, norms: list[str]) -> dict[int, tuple[int, int]]:
    """Words typed apart, by the place of their second part: "weg gelopen", "uit te huwelijken"."""
    joined: dict[int, tuple[int, int]] = {}
    known, before = book.joinable, ""
    for place, norm in enumerate(norms):
        last = place if norm != "te" else place + 1
        if before + norms[last] in known:
            joined[place] = place - 1, last
        before = norm
    return joined


def _starts(book: Book, words: list[Word]) -> list[tuple[int, list[Pattern]]]:
    """The patterns that may begin at each place: those whose every element stands somewhere in the text."""
    hot = [(place, word.hot) for place, word in enumerate(words) if word.hot]
    if not hot:
        return []
    present = 0
    for word in set(words):
        present |= word.mask
    absent = book.mask & ~present
    live: dict[int, list[Pattern]] = {}
    starts = []
    for place, patterns in hot:
        held = live.get(id(patterns))
        if held is None:
            held = live[id(patterns)] = [one for one in patterns if not one.needs & absent]
        if held:
            starts.append((place, held))
    return starts


def _resolved(book: Book, word: str, tokens: Tokens, number: int) -> list[Part]:
    """The word or words that an unknown one stands for; itself when nobody knows."""
    for form in (word, *unstretched(word)) if stretched(word) else (word,):
        meant = form if form in book.words else book.spelling.meant(form)
        if meant:
            return [(meant, 0, 0)]
    glued = word.startswith(_BEFORE) or word.endswith(_BEHIND)
    if glued and len(word) <= _GLUED_TO and tokens.all_heard(number):
        return _unglued(book, word)
    return [(word, 0, 0)]


def _unglued(book: Book, word: str) -> list[Part]:
    """ "hijslaatmij" as three words, when a person stands at an end and all the rest is known."""
    for head in _BEFORE:
        rest = word[len(head) :]
        if len(rest) > 2 and word.startswith(head):
            parts = [rest] if _hot(book, rest) else _tailed(book, rest)
            if parts:
                return _cut([head, *parts])
    return _cut(_tailed(book, word)) or [(word, 0, 0)]


def _tailed(book: Book, word: str) -> list[str]:
    for tail in _BEHIND:
        head = word.removesuffix(tail)
        if head != word and len(head) > 2 and _hot(book, head):
            return [head, tail]
    return []


def _hot(book: Book, word: str) -> bool:
    return word in book.words and bool(book.words[word].hot)


def _cut(words: list[str]) -> list[Part]:
    cut = []
    start = 0
    for word in words:
        cut.append((word, start, start + len(word)))
        start += len(word)
    return cut
