-- What the desk and the channels keep for themselves: sessions, second keys, invitations. Never a client's words.
CREATE TABLE drawers (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  process_key INTEGER NOT NULL,
  until INTEGER,
  body BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX drawers_until ON drawers (until) WHERE until IS NOT NULL;

CREATE INDEX terms_next ON terms (number, state, date);
-- All that an officer's list asks of a case, beside each other and without the sealed rest.
CREATE INDEX cases_desk ON cases (scheme, purging, closed, received, status, sealed_to, coded);
