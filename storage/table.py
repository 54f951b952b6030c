"""The one table of what is kept: with what it is sealed, to what it is bound, who reads it, or why it is clear.

`docs/security.md` shows it, and a test holds the two alike, and both equal to the columns of the schema.
"""

from typing import Literal

import msgspec

Seal = Literal[
    "day key",
    "process key",
    "readers",
    "case key",
    "client's key",
    "claim code",
    "password",
    "keyed hash",
    "stretched hash",
    "clear",
]
"""With what: a day's key (destroyed after 72 h) · a process key (the program reads it) · the readers' age keys
under the case's shred key · the case's own age key, which those readers hold ·
the client's age key of that case · which lies under their claim code (argon2id) and the case's shred key ·
an officer's password (argon2id) · a hash that only the process key can make · the same, stretched by argon2id ·
not at all."""


class Field(msgspec.Struct, frozen=True):
    """Some columns of a table that are kept alike. `bound` is the associated data, or the label inside an age file."""

    table: str
    columns: tuple[str, ...]
    seal: Seal
    why: str
    bound: str = ""


FIELDS: tuple[Field, ...] = (
    Field("conversations", ("draft",), "day key", "what a client told and has not sent; the program goes on with it",
          "draft|id|version"),
    Field("conversations", ("remains",), "process key", "where the case stands and what was agreed; no content",
          "remains|id|version"),
    Field("conversations", ("address",), "process key", "where to reply: a chat id; on the web a random one",
          "address|hash"),
    Field("conversations", ("hash",), "keyed hash", "finds the row of an address"),
    Field("conversations", ("number",), "clear", "which case an officer's step has to be told about; gone when wiped"),
    Field("conversations", ("scheme", "channel"), "clear", "which worker it is for; says nothing of who"),
    Field("conversations", ("id", "version", "process_key", "day", "lease", "leased_until", "not_before"), "clear",
          "ids that mean nothing, and the names of keys"),
    Field("conversations", ("since", "touched", "wake"), "clear", "its first day, last hour, and when it goes on"),
    Field("inbound", ("hash",), "keyed hash", "that a message had its effect; goes after eight days"),
    Field("inbound", ("day", "process_key"), "clear", "when it may go"),
    Field("outbox", ("body",), "day key", "a message until the platform took it", "outbox|conversation|turn|part"),
    Field("outbox", ("id", "conversation", "turn", "part", "day", "attempts"), "clear", "the order of delivery"),
    Field("marks", ("body",), "day key", "the platform's ids of messages that came, to take them away there",
          "mark|conversation"),
    Field("marks", ("id", "conversation", "day"), "clear", "their order, and when they go"),
    Field("parked", ("id", "channel", "scheme", "reason", "since"), "clear", "coded reason, for the operator"),
    Field("attachments", ("body",), "day key", "a file before it is filed; from then on: case key",
          "attachment|ref, then attachment|number|ref"),
    Field("attachments", ("ref", "conversation", "number", "day", "at"), "clear", "a random name; where it belongs"),
    Field("cases", ("sealed_key",), "readers", "the case's own secret, and whom the client refused", "case|number"),
    Field("cases", ("claim",), "stretched hash", "whether someone holds the case's claim code"),
    Field("cases", ("coded",), "clear", "ids that the scheme itself gives (role, place, subject), language, channel, "
          "flags: reports count them; nothing at all where the scheme is small"),
    Field("cases", ("number", "scheme", "scheme_version", "kind", "status", "received", "filed_on", "closed"), "clear",
          "which complaints there are and where they stand: terms are watched without anyone's key"),
    Field("cases", ("keep_months", "hold_by", "purging", "rotate"), "clear", "when it goes, and who deferred it"),
    Field("cases", ("roles", "sealed_to"), "clear", "which officers can open it"),
    Field("cases", ("public", "slot", "claim_key"), "clear", "public half of its key, and the names of others"),
    Field("entries", ("body",), "case key", "the intake, additions, officers' notes, why a hold: padded to whole KiB",
          "entry|number|id"),
    Field("entries", ("id", "number", "what", "by", "at", "unread"), "clear", "coded; by whom; whether read"),
    Field("timeline", ("id", "number", "at", "kind", "what", "by"), "clear", "coded steps, from which terms count"),
    Field("terms", ("number", "id", "date", "deadline", "state"), "clear", "dates and why they are so; no content"),
    Field("correspondents", ("wrapped",), "claim code", "the client's own key for what is written to them",
          "correspondent|number"),
    Field("correspondents", ("number", "public"), "clear", "public half, to write to the client"),
    Field("writings", ("body",), "client's key", "what an officer wrote to the client, for the client",
          "writing|number|id"),
    Field("writings", ("id", "number", "at"), "clear", "that something was written, and when"),
    Field("notices", ("id", "number", "scheme", "role", "what", "urgent", "at", "sent"), "clear", "coded; for whom"),
    Field("desk_cases", ("officer", "closed", "due", "received", "number", "scheme", "status"), "clear",
          "who reads which case and its next term, in order: an officer's list"),
    Field("desk_marks", ("number", "what", "id"), "clear", "coded place, subject and running terms, to find a case by; "
          "no place or subject where the scheme is small"),
    Field("steps", ("event",), "day key", "an officer's step and its reason, until the client hears it",
          "step|conversation"),
    Field("steps", ("id", "conversation", "day", "at"), "clear", "their order"),
    Field("officers", ("wrapped",), "password", "an officer's own secret", "wrapped|id"),
    Field("officers", ("contact",), "process key", "where notices go", "contact|id"),
    Field("officers", ("id", "scheme", "role", "name", "state", "public", "process_key", "since"), "clear",
          "who may be a reader, as the client is told"),
    Field("drawers", ("body",), "process key", "desk sessions (sealed once more by a key in the officer's cookie), "
          "second keys, invitations, days of absence, what a link in a mail or a button on Telegram does (and for two "
          "days did), whose calendar it is; an officer's language, Telegram account, the mail address that waits for a "
          "yes, and the one they left, until it was told",
          "drawer|kind|id"),
    Field("drawers", ("kind", "id", "process_key", "until"), "clear", "which drawer, and when it is emptied"),
    Field("reminders", ("number", "term", "rung", "officer", "scheme", "date", "due", "told"), "clear",
          "when officers are reminded of which term; no content"),
    Field("mails", ("id", "scheme", "officer", "kind", "items", "past", "since", "due", "tries", "begun", "lease",
                    "leased_until"), "clear", "for whom, and numbers with terms; no words, no address"),
    Field("mail_tally", ("what", "count"), "clear", "how many mails were sent, and tried again after a kill"),
    Field("duties", ("number", "term", "scheme", "date", "deadline", "done", "by"), "clear",
          "what an organisation has to do for a year or a quarter, and who noted that it was done; of no case"),
    Field("sweeps", ("name", "lease", "until"), "clear", "which process looks for what is due"),
    Field("kept_out", ("number", "officer"), "clear", "officers whom the client refused, so that they hear nothing"),
    Field("lines", ("body",), "process key", "a line, or nothing: scheme, confidants, hours, what was read; its "
          "secret key under the client's code (argon2id); by choice an address for notices, under the line's own key",
          "lines|id"),
    Field("line_pages", ("body",), "process key", "part of a message, or nothing: it is sealed to the line and "
          "its confidants (age), and that under the line's own key in keys/lines.keys", "line_pages|id"),
    Field("lines", ("id", "process_key"), "clear", "a random number, there before it is used; the name of a key"),
    Field("line_pages", ("id", "process_key"), "clear", "a random number, there before it is used; the name of a key"),
    Field("recoveries", ("scheme", "public", "since"), "clear", "public half; the secret is on paper elsewhere"),
    Field("access", ("id", "at", "officer", "what", "number"), "clear", "who did what, without content; only grows"),
    Field("tombstones", ("number", "scheme", "at"), "clear", "that a case was there, and when it was destroyed"),
    Field("to_shred", ("slot",), "clear", "a shred key that still has to be overwritten"),
    Field("process_keys", ("id", "fingerprint", "since"), "clear", "which keys belong to this database"),
    Field("meta", ("name", "value"), "clear",
          "the next shred slot, how much room there is for lines, from when on the access log is kept; on PostgreSQL "
          "which transaction mixed the lines last"),
)  # fmt: skip

POSTGRES: tuple[Field, ...] = (
    Field("conversations", ("slot",), "clear", "which slot of keys/drafts the conversation's key is made with"),
    Field("to_forget", ("slot",), "clear", "a slot that still has to be overwritten"),
    Field("commits", ("id", "kept", "at"), "clear", "a random number for each change of the last day, by which it "
          "is found out whether it was kept when the connection was lost"),
    Field("migrations", ("name", "part", "at"), "clear", "what was done to the schema"),
)  # fmt: skip
"""What is kept on PostgreSQL besides. All that is sealed with the day key is there sealed with the draft key, which
the key of the day and the slot of the conversation make together; but for `marks`."""


def as_markdown(fields: tuple[Field, ...] = FIELDS) -> str:
    """The table as it stands in ``docs/security.md``."""
    lines = ["| field | sealed with | bound to | what, and why |", "|---|---|---|---|"]
    lines += [
        f"| {', '.join(f'`{field.table}.{column}`' for column in field.columns)} | {field.seal}"
        f" | {f'`{field.bound}`' if field.bound else ''} | {field.why} |"
        for field in fields
    ]
    return "\n".join(lines)
