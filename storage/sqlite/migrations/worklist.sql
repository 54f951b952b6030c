-- What an officer's list is made of, kept in order: who reads which case, its next term, and what it can be found by.
CREATE TABLE desk_cases (
  officer TEXT NOT NULL,
  closed INTEGER NOT NULL,
  due TEXT NOT NULL,
  received INTEGER NOT NULL,
  number TEXT NOT NULL,
  scheme TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (officer, closed, due, received, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_cases_number ON desk_cases (number);

CREATE TABLE desk_marks (
  number TEXT NOT NULL,
  what TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (number, what, id)
) STRICT, WITHOUT ROWID;

INSERT INTO desk_cases (officer, closed, due, received, number, scheme, status)
SELECT DISTINCT r.value, c.closed IS NOT NULL,
  coalesce((SELECT min(t.date) FROM terms AS t WHERE t.number = c.number AND t.state = 'running'), '9999-12-31'),
  c.received, c.number, c.scheme, c.status
FROM cases AS c, json_each(c.sealed_to) AS r WHERE c.purging = 0;

INSERT INTO desk_marks (number, what, id)
SELECT DISTINCT c.number, 'location', v.value FROM cases AS c, json_each(c.coded, '$.location') AS v WHERE c.purging = 0;

INSERT INTO desk_marks (number, what, id)
SELECT DISTINCT c.number, 'subject', v.value FROM cases AS c, json_each(c.coded, '$.subject') AS v WHERE c.purging = 0;

INSERT INTO desk_marks (number, what, id)
SELECT t.number, 'term', t.id FROM terms AS t JOIN cases AS c ON c.number = t.number
WHERE t.state = 'running' AND c.purging = 0;

DROP INDEX cases_desk;
