-- line_row: a row of the lines
SELECT id, process_key, body FROM lines WHERE id = :id;

-- lines: all of them
SELECT id, process_key, body FROM lines ORDER BY id;

-- lines_between: the rows in a part of the numbers: one
SELECT id, process_key, body FROM lines WHERE id > :low AND id <= :high;

-- put_line_row: another body of the same size in the same place
UPDATE lines SET process_key = :process_key, body = :body WHERE id = :id;

-- add_to_lines: a row that is not in use yet
INSERT INTO lines (id, process_key, body) VALUES (:id, :process_key, :body);

-- empty_lines: before all rows are written anew, in the order of their ids
DELETE FROM lines;

-- page_row: a row of the pages
SELECT id, process_key, body FROM line_pages WHERE id = :id;

-- line_pages: all of them
SELECT id, process_key, body FROM line_pages ORDER BY id;

-- line_pages_between: the rows in a part of the numbers: one
SELECT id, process_key, body FROM line_pages WHERE id > :low AND id <= :high;

-- put_page_row: another body of the same size in the same place
UPDATE line_pages SET process_key = :process_key, body = :body WHERE id = :id;

-- add_to_line_pages: a row that is not in use yet
INSERT INTO line_pages (id, process_key, body) VALUES (:id, :process_key, :body);

-- newest_page: only where a test has rows leave their place
SELECT id FROM line_pages ORDER BY id DESC LIMIT 1;

-- delete_page: only where a test has rows leave their place
DELETE FROM line_pages WHERE id = :id;

-- empty_line_pages: before all rows are written anew, in the order of their ids
DELETE FROM line_pages;
