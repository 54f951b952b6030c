"""What a text holds, read by rules and word lists: deterministic, offline, each finding with its place."""

from flows.understand.reading import report, understand, warm

__all__ = ["report", "understand", "warm"]
