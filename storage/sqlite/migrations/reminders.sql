-- Reminders of terms, and the mails that tell them. Filled where terms are set; nothing here has content.
CREATE TABLE reminders (
  number TEXT NOT NULL,
  term TEXT NOT NULL,
  rung TEXT NOT NULL,
  officer TEXT NOT NULL,
  scheme TEXT NOT NULL,
  date TEXT NOT NULL,
  due INTEGER NOT NULL,
  told INTEGER,
  PRIMARY KEY (number, term, rung, officer)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminders_due ON reminders (due) WHERE told IS NULL;

CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  scheme TEXT NOT NULL,
  officer TEXT NOT NULL,
  kind TEXT NOT NULL,
  items TEXT NOT NULL,
  past TEXT NOT NULL,
  since INTEGER NOT NULL,
  due INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  leased_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mails_due ON mails (due);

CREATE TABLE mail_tally (
  what TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sweeps (
  name TEXT PRIMARY KEY,
  lease INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_out (
  number TEXT NOT NULL,
  officer TEXT NOT NULL,
  PRIMARY KEY (number, officer)
) STRICT, WITHOUT ROWID;
