"""The same parts on PostgreSQL, where many processes share one database.

It keeps the contract of the store (`tests/storage/test_postgres.py`), and no setting opens it: PostgreSQL leaves what
was deleted or replaced in its files and its log, so that a draft stays readable for who has both the disk and the
key of its day until that key is destroyed, also after it was sent. SQLite overwrites it; here it needs a key per
conversation before clients may be promised the same (docs/security.md).
"""
