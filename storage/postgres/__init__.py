"""The same parts on PostgreSQL, where many processes share one database.

It keeps the contract of the store (`tests/storage/test_postgres.py`). PostgreSQL leaves what was deleted or replaced
in its files and its log, so what a client told is sealed under a key of its own for each conversation, outside the
database, and forgotten by destroying that (`storage.postgres.draft_keys`, docs/security.md).
"""
