-- The schema of the first release. Instants are seconds since 1970 (UTC); days are ISO texts.
-- What is sealed with what, and why the rest is clear, stands in storage/table.py and docs/security.md.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE process_keys (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash BLOB NOT NULL UNIQUE,
  process_key INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  channel TEXT NOT NULL,
  address BLOB NOT NULL,
  version INTEGER NOT NULL,
  since INTEGER NOT NULL,
  touched INTEGER NOT NULL,
  day TEXT,
  draft BLOB,
  remains BLOB,
  number TEXT,
  wake INTEGER,
  lease INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX conversations_wake ON conversations (wake) WHERE wake IS NOT NULL;
CREATE INDEX conversations_touched ON conversations (touched) WHERE draft IS NOT NULL;
CREATE INDEX conversations_number ON conversations (number) WHERE number IS NOT NULL;

-- By day, so that what comes in together lies together, and a day goes as a whole.
CREATE TABLE inbound (
  day INTEGER NOT NULL,
  hash BLOB NOT NULL,
  process_key INTEGER NOT NULL,
  PRIMARY KEY (day, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  part INTEGER NOT NULL,
  day TEXT NOT NULL,
  body BLOB NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_conversation ON outbox (conversation, id);

CREATE TABLE parked (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  scheme TEXT NOT NULL,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE attachments (
  ref TEXT PRIMARY KEY,
  conversation INTEGER,
  number TEXT,
  day TEXT,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX attachments_conversation ON attachments (conversation) WHERE conversation IS NOT NULL;
CREATE INDEX attachments_number ON attachments (number) WHERE number IS NOT NULL;

CREATE TABLE cases (
  number TEXT PRIMARY KEY,
  scheme TEXT NOT NULL,
  scheme_version TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  received INTEGER NOT NULL,
  filed_on TEXT NOT NULL,
  closed INTEGER,
  keep_months INTEGER,
  roles TEXT NOT NULL,
  coded TEXT NOT NULL,
  public TEXT NOT NULL,
  slot INTEGER NOT NULL,
  sealed_key BLOB NOT NULL,
  sealed_to TEXT NOT NULL,
  rotate INTEGER NOT NULL DEFAULT 0,
  claim BLOB,
  claim_key INTEGER,
  hold_by TEXT,
  purging INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_scheme ON cases (scheme, received);
CREATE INDEX cases_claim ON cases (claim) WHERE claim IS NOT NULL;
CREATE INDEX cases_closed ON cases (closed) WHERE closed IS NOT NULL;

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  what TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX entries_number ON entries (number, at);

CREATE TABLE timeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_number ON timeline (number, id);

CREATE TABLE terms (
  number TEXT NOT NULL,
  id TEXT NOT NULL,
  date TEXT NOT NULL,
  deadline TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX terms_running ON terms (date) WHERE state = 'running';

CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL,
  scheme TEXT NOT NULL,
  role TEXT NOT NULL,
  what TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX notices_unsent ON notices (id) WHERE sent = 0;
CREATE INDEX notices_number ON notices (number);

CREATE TABLE steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL,
  day TEXT NOT NULL,
  event BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_conversation ON steps (conversation);

CREATE TABLE officers (
  id TEXT PRIMARY KEY,
  scheme TEXT NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  public TEXT NOT NULL,
  wrapped BLOB,
  contact BLOB NOT NULL,
  process_key INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recoveries (
  scheme TEXT PRIMARY KEY,
  public TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE access (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  officer TEXT NOT NULL,
  what TEXT NOT NULL,
  number TEXT NOT NULL
) STRICT;
CREATE INDEX access_number ON access (number);
-- The log only grows; what is older than the law asks goes by moving the day in meta forward first.
CREATE TRIGGER access_is_not_changed BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_is_not_deleted BEFORE DELETE ON access
WHEN OLD.at >= coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'access_kept_from'), 0)
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

CREATE TABLE to_shred (
  slot INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE tombstones (
  number TEXT PRIMARY KEY,
  scheme TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
