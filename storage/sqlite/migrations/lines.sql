-- Anonymous lines. Both tables hold rows of one size that are there before they are used: which of them are in
-- use, and since when, stands nowhere in the clear (storage/sqlite/pool.py). No counter, no index, no time.
CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  process_key INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE line_pages (
  id INTEGER PRIMARY KEY,
  process_key INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
