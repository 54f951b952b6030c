"""An organisation's colours (`Scheme.theme`) as a style sheet of custom properties.

One colour is enough: ``accent: "#7a2e5d"``. What is read on it, and the accent for the dark, are computed, so that
every scheme keeps the contrast of WCAG 2.2 (1.4.3: 4.5 to 1). Anything that is not ``#rrggbb`` is left out: a
scheme file cannot write style.
"""

import re

from flows.scheme import Scheme

ACCENT = "#1d5c63"
"""The colour of who chose none."""

WHITE, BLACK = "#ffffff", "#000000"
LIGHT, DARK = "#f1efe9", "#1d242a"
"""The two papers of ``chat.css``: what is written in the accent must be read on either."""

CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

Rgb = tuple[float, float, float]


def sheet(scheme: Scheme) -> str:
    """The style sheet of this scheme: its accent for light and for dark, and the ink that is read on each."""
    wish = scheme.theme.get("accent", "")
    accent = wish if _COLOUR.fullmatch(wish) else ACCENT
    light, dark = readable(accent, LIGHT), readable(accent, DARK)
    return (
        f":root{{--accent:{light};--on-accent:{ink(light)}}}\n"
        f"@media(prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{ink(dark)}}}}}\n"
    )


def readable(colour: str, paper: str) -> str:
    """The colour, as much darker or lighter as it must be to be read on this paper."""
    toward = WHITE if luminance(paper) < 0.2 else BLACK
    for step in range(21):
        mixed = mix(colour, toward, step / 20)
        if contrast(mixed, paper) >= CONTRAST + 0.3:
            return mixed
    return toward


def ink(colour: str) -> str:
    """White or near-black: whichever is read best on this colour."""
    return max((WHITE, DARK), key=lambda paper: contrast(colour, paper))


def mix(colour: str, other: str, part: float) -> str:
    """So much of the other colour in this one."""
    mixed = (a + (b - a) * part for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{round(value * 255):02x}" for value in mixed)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
