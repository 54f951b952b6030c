"""A scheme as pictures in Mermaid, made from the data and from nothing else (`gehoord scheme diagram`)."""

from flows.scheme import Ask, Label, Rung, Scheme

OUTSIDE = ("commission", "disputes")


def ladder(scheme: Scheme, locale: str = "nl") -> str:
    """The ladder: every rung with its ways out, and by which reason a rung opens.

    Labels are in `locale`. A rung that can be taken at once hangs on the start; one outside the organisation is
    drawn with a double border.
    """
    lines = ["flowchart TD", f"  start((( {_quoted(scheme.name)} )))"]
    lines += [f"  {_node(rung, locale)}" for rung in scheme.ladder]
    for place, rung in enumerate(scheme.ladder):
        if place == 0 or "at_once" in rung.opens:
            lines.append(f"  start --> {rung.id}")
    for rung in scheme.ladder:
        for id in rung.next:
            following = scheme.rung(id)
            reasons = [why for why in following.opens if why != "at_once"] if following else []
            arrow = f"-->|{', '.join(reasons)}|" if reasons else "-->"
            lines.append(f"  {rung.id} {arrow} {id}")
    return "\n".join(lines) + "\n"


def _node(rung: Rung, locale: str) -> str:
    label = _quoted(_words(rung.label, locale))
    return f"{rung.id}[[{label}]]" if rung.outside or rung.kind in OUTSIDE else f"{rung.id}[{label}]"


def agenda(scheme: Scheme, route: str | None = None) -> str:
    """The questions of each route in their order, or of one `route`.

    A hexagon is required by law, a rectangle by the scheme; a rounded one can be left open without more.
    """
    lines = ["flowchart LR"]
    for name, asks in scheme.asks.items():
        if route is not None and name != route:
            continue
        lines.append(f"  subgraph {name}")
        lines += [f"    {_question(name, place, ask)}" for place, ask in enumerate(asks)]
        lines += [f"    {name}{place} --> {name}{place + 1}" for place in range(len(asks) - 1)]
        lines.append("  end")
    return "\n".join(lines) + "\n"


def _question(route: str, place: int, ask: Ask) -> str:
    fields = _quoted(", ".join(ask.fields))
    match ask.required:
        case "law":
            return f"{route}{place}{{{{{fields}}}}}"
        case "scheme":
            return f"{route}{place}[{fields}]"
        case "no":
            return f"{route}{place}({fields})"


def _words(label: Label, locale: str) -> str:
    return label.get(locale) or label.get(locale.partition("@")[0]) or next(iter(label.values()))


def _quoted(text: str) -> str:
    """A text as Mermaid takes it: in quotes, with the quotes inside it written as its entity."""
    return '"' + text.replace("&", "#38;").replace('"', "#quot;").replace("\n", " ") + '"'
