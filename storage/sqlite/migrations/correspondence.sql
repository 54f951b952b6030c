-- What officers write to clients: a key pair for the client of each case, and what is written to them.
CREATE TABLE correspondents (
  number TEXT PRIMARY KEY,
  public TEXT NOT NULL,
  wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE writings (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX writings_number ON writings (number, at);
