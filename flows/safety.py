"""Danger first (law 5): every text in every state passes here before anything else."""

from flows import greeting, helplines, wording
from flows.composer import Composer, option
from flows.filing_facts import is_child
from flows.messages import Arg, Names, Number, Phrase
from flows.scheme import Scheme
from flows.understand.findings import Heard

ACUTE = frozenset({"now", "suicide", "violence", "sexual_abuse", "threat", "locked_up", "self_harm"})


def respond(c: Composer, heard: Heard) -> bool:
    """Shows help in the same turn when a text speaks of danger. True when this is the first time."""
    if not heard.danger:
        return False
    first = not c.session.danger
    c.danger = heard.danger
    every = (*c.session.danger, *(kind for kind in heard.danger if kind not in c.session.danger))
    c.change(danger=every)
    if first:
        c.say("danger.sorry")
    lines(c, heard.danger, heard.text)
    if first:
        c.say("danger.computer")
        c.say("danger.worker_may_act" if c.scheme.recipient is not None else "danger.nobody_reads")
        greeting.elsewhere(c)
    return first


def lines(c: Composer, kinds: tuple[str, ...], text: str) -> None:
    """The help lines for these kinds, open ones first; never the organisation that is complained of."""
    exclude = about(c.scheme, c, text)
    child: bool | None = True if is_child(c.session) else None
    if "suicide" in kinds or "self_harm" in kinds:
        c.say("danger.suicide")
    if ACUTE & set(kinds):
        c.say("danger.now")
    found = helplines.lines_for(kinds, c.now, exclude, child)
    shown = tuple(helpline(line) for line in found if line.id not in ("112", "113"))
    if shown:
        c.say("danger.lines", lines=Names(shown, "lines"))


def helpline(line: helplines.Line) -> Arg:
    """A help line as it is shown: its name, number, cost, whether it is open, its chat."""
    parts: list[Arg] = [wording.words(line.label)]
    if line.phone:
        parts.append(line.phone if len(line.phone) < 10 or line.phone.startswith("0") else Number(line.phone))
    if line.free:
        parts.append(Phrase("line.free"))
    if line.open_now:
        parts.append(Phrase("line.open_now"))
    if line.chat:
        parts.append(Phrase("line.chat", (("url", line.chat),)))
    return Names(tuple(parts), "plain")


def about(scheme: Scheme, c: Composer, text: str) -> frozenset[str]:
    """The help lines that are the organisation complained of: not told to call them (domain: Veilig Thuis)."""
    from flows.understand import danger  # noqa: PLC0415 (10 ms, and no first screen needs it)

    excluded = set(danger.about_helpline(text))
    place = c.value("location")
    location = scheme.location(place) if isinstance(place, str) else None
    if location is not None and location.regime == "veilig_thuis":
        excluded.add("veilig_thuis")
    return frozenset(excluded)


def ask_on(c: Composer) -> None:
    """Asks whether to go on with what they came for; no question about the danger itself."""
    c.wait(pending="danger")
    c.change(state="asking")
    confidant = option("confidant")
    c.say("danger.go_on", options=(option("yes", Phrase("option.go_on")), confidant, option("wipe")))
