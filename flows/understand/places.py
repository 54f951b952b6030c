"""Where: a location of the scheme, read from its own names, the places around it, and what stands beside them.

The rules of this file
 1. A name counts by what stands around it (`_weigh`): the help is there (4), someone was there (3), doubtful (1), or
    it is no place at all (0): a family name, a street, a place of before, where someone comes from.
 2. The heaviest wins; a location's own name wins from a place around it; the longest name wins from a shorter one.
 3. Two different locations that are left are both candidates and are asked. A doubtful one alone is not sure.
"""

from flows.understand.findings import Finding
from flows.understand.gazetteer import ADJECTIVE, Gazetteer, Mention, cues
from flows.understand.phrases import STOPS, Words, classes
from flows.understand.spans import Taken


def _weigh(said: Words, mention: Mention) -> int:
    """What a mention counts for, by the words around it: see the rules of this file."""
    words, kinds = said.words, cues()
    before = _before(words, mention.first)
    after = words[mention.last + 1] if mention.last + 1 < len(words) else "."
    one = before[-1] if before else ""
    two = before[-2] if len(before) > 1 else ""
    if _other_meaning(said, mention, one, two, after):
        return 0
    if one == "niet" or (one in kinds["in"] and two == "niet"):
        return 0
    if words[mention.first].endswith(ADJECTIVE) and mention.first == mention.last:
        return 4 if after in kinds["here"] or after in kinds["after"] or after in classes()["staff"] else 0
    if _left(words, mention, before):
        return 0
    if one in kinds["here"] or two in kinds["here"] or after in kinds["after"]:
        return 4
    if one in kinds["in"] and not kinds["here"].isdisjoint(before[-3:]):
        return 4
    if " ".join(words[mention.first : mention.last + 1]) in kinds["ordinary"]:
        return 3 if one in kinds["in"] and said.text[mention.start].isupper() else int(one in kinds["in"])
    return _plain_weight(words, mention, before)


def _before(words: list[str], first: int) -> list[str]:
    """The at most five words before a mention, in the same part of the sentence."""
    before = words[max(0, first - 5) : first]
    for index in range(len(before) - 1, -1, -1):
        if before[index] in STOPS:
            return before[index + 1 :]
    return before


def _left(words: list[str], mention: Mention, before: list[str]) -> bool:
    """Whether someone went from there: "van de opvang in Almere naar …"."""
    ahead = words[mention.last + 1 : mention.last + 5]
    return "naar" in ahead and not {"van", "vanuit", "uit"}.isdisjoint(before[-4:])


def _plain_weight(words: list[str], mention: Mention, before: list[str]) -> int:
    """The weight of a name that the help does not stand beside."""
    kinds = cues()
    one = before[-1] if before else ""
    two = before[-2] if len(before) > 1 else ""
    ahead = words[mention.last + 1 : mention.last + 4]
    if one == "naar":
        moved = any(word in kinds["moved"] for word in words[max(0, mention.first - 6) : mention.last + 3])
        return 4 if moved else (1 if two in kinds["body"] else 3)
    if one in ("van", "uit", "from"):
        return _from(words, mention, two)
    if not kinds["before"].isdisjoint(before):
        return 0
    if (
        one in kinds["in"]
        and not kinds["lives"].isdisjoint(before)
        and not kinds["others"].isdisjoint(before)
    ):
        return 0
    if (
        one in kinds["body"]
        or (one in kinds["in"] and two in kinds["body"])
        or not kinds["body"].isdisjoint(ahead)
    ):
        return 1
    return 3


def _from(words: list[str], mention: Mention, two: str) -> int:
    """After `van` or `uit`: where someone came from, unless it is the team or the house there."""
    kinds = cues()
    ahead = words[mention.last + 1 : mention.last + 5]
    if two in kinds["moved"] or "naar" in ahead:
        return 0
    if two in ("kom", "kwam", "komt", "kwamen", "ben", "afkomstig", "weg", "come", "am", "from"):
        return 0
    return 3 if two in classes()["staff"] else 1


def _other_meaning(said: Words, mention: Mention, one: str, two: str, after: str) -> bool:
    """A family name ("mevrouw van Haarlem"), a street in two words, or a part of a link or mail address."""
    kinds = cues()
    if one in kinds["title"] or after in kinds["street"]:
        return True
    around = (
        said.folded[max(0, mention.start - 1) : mention.start] + said.folded[mention.end : mention.end + 2]
    )
    if "@" in around or (around[-2:-1] == "." and around[-1:].isalpha()):
        return True
    if mention.start and said.folded[mention.start - 1] in "./@":
        return True
    if one == "van" and mention.first >= 2:
        before = mention.first - 2
        if two in kinds["title"]:
            return True
        typed = said.text[said.starts[before] : said.ends[before]]
        return (
            typed[:1].isupper()
            and two not in kinds["here"] | kinds["in"] | kinds["moved"] | classes()["staff"]
        )
    return two in kinds["title"] and one not in kinds["in"] and one not in kinds["here"]


def find(said: Words, gazetteer: Gazetteer, *, asked: bool, taken: Taken | None = None) -> Finding | None:
    """The location that this text names, or None. `asked`: it is the answer to "where?".

    What stands in `taken` means something else: a name, an address, a mail address.
    """
    weighed: list[tuple[int, Mention]] = []
    for mention in gazetteer.mentions(said, asked=asked):
        if taken is not None and not taken.free((mention.start, mention.end)):
            continue
        weight = _weigh(said, mention)
        if asked and weight == 1:
            weight = 3
        if weight:
            weighed.append((weight, mention))
    if asked and not weighed:
        return _cut_short(said, gazetteer)
    if not weighed:
        return None
    return _decide(said, weighed)


def _beside(said: Words, one: Mention, other: Mention) -> bool:
    """Whether `other` only says where the longer name `one` is: "veilig thuis in almere"."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = said.words[first.last + 1 : second.first]
    longer = one.last - one.first > other.last - other.first
    return (
        longer and len(between) < 3 and all(word in cues()["in"] or word in ("de", "het") for word in between)
    )


def _decide(said: Words, weighed: list[tuple[int, Mention]]) -> Finding:
    if len(weighed) == 1:
        return _finding(said, weighed[0][1], weighed[0][1].locations, sure=weighed[0][0] > 1)
    weighed = [
        pair
        for at, pair in enumerate(weighed)
        if not any(_beside(said, other, pair[1]) for _, other in weighed[max(0, at - 1) : at + 2])
    ]
    clear = {
        mention.locations[0] for weight, mention in weighed if weight > 1 and len(mention.locations) == 1
    }
    weighed = [pair for pair in weighed if len(pair[1].locations) == 1 or clear.isdisjoint(pair[1].locations)]
    most = max((weight, mention.own) for weight, mention in weighed)
    kept = [mention for weight, mention in weighed if (weight, mention.own) == most]
    locations = tuple(dict.fromkeys(id for mention in kept for id in mention.locations))
    single = [mention for mention in kept if len(mention.locations) == 1]
    named = {mention.locations[0] for mention in single}
    if len(named) == 1 and all(named <= set(mention.locations) for mention in kept):
        locations = tuple(named)
        kept = single
    return _finding(said, kept[0], locations, sure=most[0] > 1)


def _finding(said: Words, mention: Mention, locations: tuple[str, ...], *, sure: bool) -> Finding:
    words, span = said.said(mention.start, mention.end), (mention.start, mention.end)
    if len(locations) > 1:
        return Finding("location", locations[0], words, span, False, locations, "ambiguous")
    return Finding("location", locations[0], words, span, sure)


def _cut_short(said: Words, gazetteer: Gazetteer) -> Finding | None:
    """The answer to "where?" in a few letters: the names that begin with it."""
    written = [index for index, word in enumerate(said.words) if word not in STOPS]
    if len(written) != 1 or len(said.words[written[0]]) < 3:
        return None
    word = said.words[written[0]]
    locations = gazetteer.beginning(word) if word not in classes()["everywhere"] else ()
    if not locations:
        return None
    at = written[0]
    return _finding(
        said, Mention(locations, True, at, at, said.starts[at], said.ends[at]), locations, sure=True
    )
