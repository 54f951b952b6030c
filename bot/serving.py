"""What `gehoord serve` can do: each part says whether it is on, and why.

To add a part, write a function ``(Services) -> Part`` beside what it does, and name it in `PARTS`.
"""

import gc
import resource
from collections.abc import Callable

from bot import forgetting, waking
from bot.channels.part import telegram
from bot.desk.part import desk
from bot.line import part as line
from bot.reminders import part as reminders
from bot.web import parts as web
from bot.web.services import Part, Services

PARTS: tuple[Callable[[Services], Part], ...] = (
    desk,
    web.first_page,
    line.part,
    web.web_chat,
    web.plain_form,
    telegram,
    waking.waking,
    reminders.part,
    forgetting.part,
)

COLLECTING = 10_000
"""So many more objects made than dropped before Python looks for cycles among the youngest.

At its own 700, a process that serves many people spends a fifth of its time on that, and finds next to nothing.
"""


def collect_seldom() -> None:
    """Have Python look for cycles as seldom as a server can afford: for a process that stays up."""
    gc.set_threshold(COLLECTING, *gc.get_threshold()[1:])


def leave_no_core() -> None:
    """Have no memory of this process written to the disk, should it crash: what people tell stands in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def parts(of: Services) -> tuple[Part, ...]:
    """Every part, on or off, in the order in which it is told."""
    return tuple(make(of) for make in PARTS)


def told(all: tuple[Part, ...]) -> str:
    """What is on, what is off and why: a line for each part."""
    width = max(len(part.name) for part in all)
    return "\n".join(f"  {part.name:<{width}}  {'on ' if part.on else 'off'}  {part.why}" for part in all)
