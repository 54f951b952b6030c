"""A bot as python-telegram-bot's users write it: a form of ten questions on its `ConversationHandler`.

``python -m tests.channels.plain_ptb --api URL --token TOKEN --pickle FILE``. Written after the library's own
example of a persistent conversation: `PicklePersistence` with its defaults, which writes once a minute and when the
bot ends in peace. ``--each-update`` writes after every update instead.
"""

import argparse
import pickle
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest

QUESTIONS = 10
GREETING = "Hoi. Vraag 1?"
SECRET = "geheim_0123456789"

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


def answered(text: str) -> str:
    """What the bot says to an answer."""
    return f"Genoteerd: {text}"


async def start(update: Update, context: Context) -> int:
    """``/start``: the first question."""
    assert update.message is not None
    await update.message.reply_text(GREETING)
    return 1


async def answer(update: Update, context: Context) -> int:
    """Keep the answer; the next question."""
    assert update.message is not None and context.user_data is not None
    context.user_data[len(context.user_data) + 1] = update.message.text
    await update.message.reply_text(answered(update.message.text or ""))
    number = len(context.user_data) + 1
    return number if number <= QUESTIONS else ConversationHandler.END


def application(token: str, pickles: Path, *, api: str = "", request: BaseRequest | None = None) -> App:
    """The bot; `request` stands in for HTTP."""
    builder = ApplicationBuilder().token(token).persistence(PicklePersistence(pickles))
    if api:
        builder = builder.base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    built = builder.build()
    text = filters.TEXT & ~filters.COMMAND
    built.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={number: [MessageHandler(text, answer)] for number in range(1, QUESTIONS + 1)},
            fallbacks=[],
            name="form",
            persistent=True,
        )
    )
    return built


def keep_each(built: App) -> None:
    """Write the pickle after every update."""

    async def keep(update: object, context: Context) -> None:
        await built.update_persistence()

    built.add_handler(MessageHandler(filters.ALL, keep), group=1)


def kept(pickles: Path, person: int) -> list[str]:
    """What is kept of this person's answers, in the order of the questions; nothing when a kill tore the file."""
    try:
        data = pickle.loads(pickles.read_bytes())["user_data"].get(person, {})
    except (FileNotFoundError, EOFError, pickle.UnpicklingError):
        return []
    return [data[number] for number in sorted(data)]


def main() -> None:
    """Poll, or serve the webhook on this port, until killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--api", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--pickle", type=Path, required=True)
    parser.add_argument("--each-update", action="store_true")
    asked = parser.parse_args()
    built = application(asked.token, asked.pickle, api=asked.api)
    if asked.each_update:
        keep_each(built)
    built.run_polling()


if __name__ == "__main__":
    main()
