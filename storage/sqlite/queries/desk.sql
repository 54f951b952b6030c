-- lay: something of the desk's own, in place of what lay there
INSERT INTO drawers (kind, id, process_key, until, body) VALUES (:kind, :id, :process_key, :until, :body)
ON CONFLICT (kind, id) DO UPDATE SET process_key = excluded.process_key, until = excluded.until, body = excluded.body;

-- look: what lies there and is not over
SELECT process_key, body FROM drawers WHERE kind = :kind AND id = :id AND (until IS NULL OR until > :now);

-- drawer: all of one kind that is not over
SELECT id, process_key, body FROM drawers WHERE kind = :kind AND (until IS NULL OR until > :now) ORDER BY id;

-- drop: it is taken out
DELETE FROM drawers WHERE kind = :kind AND id = :id;

-- all_drawers: all that lies there, to move it to another process key
SELECT kind, id, process_key, until, body FROM drawers WHERE process_key < :number;

-- worklist: a page of the cases that an officer can open, by their next term, and how many there are of each pile
WITH mine AS MATERIALIZED (
  SELECT c.number, c.received, c.status,
    (SELECT min(t.date) FROM terms AS t WHERE t.number = c.number AND t.state = 'running') AS due
  FROM cases AS c
  WHERE c.scheme = :scheme AND c.purging = 0 AND (c.closed IS NULL) = :open AND instr(c.sealed_to, :officer) > 0
    AND (:status IS NULL OR c.status = :status)
    AND (:location IS NULL OR EXISTS (SELECT 1 FROM json_each(c.coded, '$.location') WHERE value = :location))
    AND (:subject IS NULL OR EXISTS (SELECT 1 FROM json_each(c.coded, '$.subject') WHERE value = :subject))
), piles AS (
  SELECT count(*) AS "all", coalesce(sum(due < :today), 0) AS late,
    coalesce(sum(due BETWEEN :today AND :soon), 0) AS due, coalesce(sum(status = 'received'), 0) AS new,
    coalesce(sum(status <> 'received' AND (due IS NULL OR due > :soon)), 0) AS waiting
  FROM mine
), page AS (
  SELECT number, due AS day, received FROM mine
  WHERE (:pile = 'all' OR (:pile = 'late' AND due < :today) OR (:pile = 'due' AND due BETWEEN :today AND :soon)
    OR (:pile = 'new' AND status = 'received')
    OR (:pile = 'waiting' AND status <> 'received' AND (due IS NULL OR due > :soon)))
  ORDER BY due IS NULL, due, received, number LIMIT :limit OFFSET :offset
)
SELECT piles.*, page.number FROM piles LEFT JOIN page ON 1
ORDER BY page.day IS NULL, page.day, page.received, page.number;
