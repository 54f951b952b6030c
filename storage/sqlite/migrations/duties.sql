-- What a whole organisation has to do, of no case: one row for each period. Nothing here has content.
CREATE TABLE duties (
  number TEXT NOT NULL,
  term TEXT NOT NULL,
  scheme TEXT NOT NULL,
  date TEXT NOT NULL,
  deadline TEXT NOT NULL,
  done INTEGER,
  by TEXT NOT NULL,
  PRIMARY KEY (number, term)
) STRICT, WITHOUT ROWID;
