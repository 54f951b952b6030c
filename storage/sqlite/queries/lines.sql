-- line_row: a row of the lines
SELECT id, process_key, body FROM lines WHERE id = :id;

-- line_rows: all of them
SELECT id, process_key, body FROM lines ORDER BY id;

-- put_line_row: another body of the same size in the same place
UPDATE lines SET process_key = :process_key, body = :body WHERE id = :id;

-- add_line_row: a row that is not in use yet
INSERT INTO lines (id, process_key, body) VALUES (:id, :process_key, :body);

-- page_row: a row of the pages
SELECT id, process_key, body FROM line_pages WHERE id = :id;

-- page_rows_from: some rows from an id on
SELECT id, process_key, body FROM line_pages WHERE id >= :id ORDER BY id LIMIT :limit;

-- page_rows: all of them
SELECT id, process_key, body FROM line_pages ORDER BY id;

-- put_page_row: another body of the same size in the same place
UPDATE line_pages SET process_key = :process_key, body = :body WHERE id = :id;

-- add_page_row: a row that is not in use yet
INSERT INTO line_pages (id, process_key, body) VALUES (:id, :process_key, :body);

-- empty_lines: before all rows are written anew, in the order of their ids
DELETE FROM lines;

-- empty_pages: before all rows are written anew, in the order of their ids
DELETE FROM line_pages;
