"""How long a case is kept, counted as the law counts: months end on the same day number, else the month's last."""

import calendar
from datetime import datetime


def months_after(start: datetime, months: int) -> datetime:
    """`months` later, at the same time of day."""
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))
