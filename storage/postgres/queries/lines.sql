-- lock_lines: nobody else is at the lines until this is over
LOCK TABLE lines, line_pages IN ACCESS EXCLUSIVE MODE;

-- written_since: whether anything was written on lines since they were mixed
SELECT EXISTS (
  SELECT CAST(xmin AS TEXT) AS writer FROM lines UNION ALL SELECT CAST(xmin AS TEXT) FROM line_pages
  EXCEPT SELECT value FROM meta WHERE name = 'mixed'
) AS written;

-- mixed: by which transaction they were
INSERT INTO meta (name, value)
VALUES ('mixed', CAST(CAST(CAST(pg_current_xact_id() AS TEXT) AS NUMERIC) % 4294967296 AS TEXT))
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- hold_lines: all rows of lines, for a moment
CREATE TEMP TABLE held_lines ON COMMIT DROP AS SELECT id, process_key, body FROM lines;

-- hold_line_pages: all rows of messages, for a moment
CREATE TEMP TABLE held_line_pages ON COMMIT DROP AS SELECT id, process_key, body FROM line_pages;

-- clear_lines: their file goes as a whole, with all older versions of rows
TRUNCATE lines;

-- clear_line_pages: and the file of the messages
TRUNCATE line_pages;

-- lay_lines: all of them anew, in the order of their chance numbers
INSERT INTO lines (id, process_key, body) SELECT id, process_key, body FROM held_lines ORDER BY id;

-- lay_line_pages: and the messages
INSERT INTO line_pages (id, process_key, body) SELECT id, process_key, body FROM held_line_pages ORDER BY id;
