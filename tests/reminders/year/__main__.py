"""``python -m tests.reminders.year``: a year of reminders, and its account."""

import sys

from tests.reminders.year.run import main

if __name__ == "__main__":
    sys.exit(main())
