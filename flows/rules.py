"""The rules that `gehoord check` keeps: every reason why a scheme is refused, and what it warns of."""

from typing import Literal

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """One rule: what is wrong when it is broken. A ``warning`` does not stop a scheme from being used."""

    says: str
    severity: Literal["error", "warning"] = "error"


RULES: dict[str, Rule] = {
    # The file
    "not_utf8": Rule("the file is not UTF-8 text"),
    "too_long": Rule("the file is longer than any scheme needs to be"),
    "empty": Rule("the file is empty"),
    "not_yaml": Rule("the file is not YAML 1.2"),
    "not_a_mapping": Rule("the file does not consist of keys with values"),
    "anchor": Rule("the file uses an anchor or an alias of YAML"),
    "key_not_text": Rule("a key is not a word"),
    "key_twice": Rule("the same key stands twice in one place"),
    # The model
    "unknown_key": Rule("there is no such key in this place"),
    "missing_key": Rule("a required key is missing"),
    "wrong_type": Rule("a value is of the wrong kind: text, number, list, date, true or false"),
    "unknown_word": Rule(
        "a value is not one of the words that are known there (a regime, a unit, a weekday …)"
    ),
    # Names
    "bad_id": Rule("an id is not lower-case letters, digits, hyphens or underscores"),
    "id_not_file": Rule("the id of the scheme is not the name of its file"),
    "duplicate_id": Rule("two things of one list have the same id"),
    "reserved_id": Rule("an id means something else in every conversation, such as yes, skip or stop"),
    "bad_prefix": Rule("the prefix of case numbers is not two to four capital letters"),
    "alias_shared": Rule("the same word stands for two choices of one list"),
    # Words
    "no_dutch": Rule("the languages do not begin with nl"),
    "unknown_register": Rule("a register is not je, u or kind"),
    "unknown_locale": Rule("a label has words in a language or register that is not known"),
    "missing_label": Rule("a label has no words"),
    "missing_language": Rule("a label lacks one of the scheme's languages"),
    "long_label": Rule("a label that clients read has more than 6 words", "warning"),
    "long_sentence": Rule("a sentence that clients read has more than 15 words", "warning"),
    # People and how they are reached
    "no_human": Rule("nobody is named whom a client can reach now"),
    "unknown_contact": Rule("a contact is named that is not among the contacts"),
    "bad_phone": Rule("a phone number is not a valid number, or is an emergency number"),
    "bad_email": Rule("an e-mail address is not valid"),
    "bad_url": Rule("a web address is not a plain https address"),
    "shelter_address": Rule("a street and house number stand where a shelter could be found by them"),
    "bad_hours": Rule("hours are not HH:MM, or close before they open, or name no day"),
    "unknown_confidant": Rule("a confidant is named that is not among the confidants"),
    "confidant_never_offered": Rule("a confidant is for some locations only, and no location names them"),
    "no_confidant": Rule("youth care has no confidant outside the organisation (Jeugdwet 4.1.9)"),
    # Ladder and questions
    "no_outcome": Rule("there is no recipient and nothing on the ladder that leads anywhere else"),
    "no_way_out": Rule("from a rung nothing outside the organisation can be reached"),
    "unknown_rung": Rule("a rung is named that is not on the ladder"),
    "unknown_opens": Rule("what opens a rung is not one of the known reasons"),
    "unknown_link": Rule("a link is named that is not among the links"),
    "unknown_route": Rule("questions are given for a route that does not exist"),
    "unknown_field": Rule("a question asks a field that does not exist"),
    "asked_twice": Rule("one route asks the same field twice"),
    "story_not_asked": Rule("a route does not ask what happened"),
    "asked_for_nothing": Rule("a question can never be put, because the scheme has nothing to choose there"),
    "form_not_asked": Rule("a rung's form wants a field that its route does not ask"),
    "too_many_questions": Rule("a route can ask more than 7 questions", "warning"),
    "age_limit_without_date": Rule("there is an age limit and no route asks the date"),
    # Promises
    "unknown_fact": Rule("a fact is not one that the program can tell"),
    "fact_not_stated": Rule("a rung tells a fact that the scheme does not state"),
    "impossible_claim": Rule("the scheme promises what its own data cannot make true"),
    "unknown_point": Rule("a point of a confidant is not one that the program can tell"),
    # Terms and what is kept
    "unknown_event": Rule("a term starts, ends, pauses or lapses by an event that does not exist"),
    "bad_count": Rule("a term counts nothing, or an agreed term counts"),
    "never_started": Rule("a term starts or ends by a step that no officer of this scheme can take"),
    "unknown_step": Rule("a step does not exist"),
    "bad_reminder": Rule("a reminder stands twice, goes to nobody, or counts days that cannot be"),
    "reminder_without_mail": Rule("who is told when nobody is left has no e-mail address"),
    "retention_short": Rule("cases are destroyed before the minimum, or are not kept at all"),
    "no_office_days": Rule("the organisation never works"),
    "unknown_holiday": Rule("a public holiday does not exist"),
    "unknown_part": Rule("a letter or report wants a part that does not exist"),
    "report_reveals": Rule("a report shows numbers so small that people could be known by them"),
    "dates_reversed": Rule("the scheme ends before it begins"),
    # What the source does not say
    "unknown_about": Rule("a sign-off is about something that is not in the file"),
    "unsigned": Rule("something stays empty and no sign-off is about it", "warning"),
}
"""Every rule by id, in the order in which a file is read."""
