-- What a platform called the messages that came to somebody, so that they can be taken away there.
CREATE TABLE marks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL,
  day TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX marks_conversation ON marks (conversation, id);
CREATE INDEX marks_day ON marks (day);
