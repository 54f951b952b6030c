"""A Telegram Bot API for tests: real HTTP on loopback, and people who type, press, send, block and read.

``Emulator`` is the server (`server.py`); ``emulator.person("Samira")`` is somebody with a phone (`person.py`).
The rules are those of Telegram's own open-source server (tdlib/telegram-bot-api) and of the Bot API's
documentation; what is simpler here stands in the module where it is. It counts as a Bot API only because
aiogram and python-telegram-bot, two unrelated clients, run the same scenarios against it (`test_*.py`).

    wire      parameters of a call, uploads, errors            limits    1 a second a chat, 30 in all
    clock     a clock that tests can turn                      faults    429, 5xx and cuts on demand
    world     people, chats, messages and files                webhook   pushing with retries
    updates   the queue with its ids and acknowledgement       methods_* what a bot can call
    person    a phone                                          kinds     every kind of message and update
    groups    groups and channels                              tally     lost, repeated, reordered
"""

from tests.telegram_emulator.person import Person
from tests.telegram_emulator.server import Emulator

__all__ = ["Emulator", "Person"]
