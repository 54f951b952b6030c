-- lay: something of the desk's own, in place of what lay there
INSERT INTO drawers (kind, id, process_key, until, body) VALUES (:kind, :id, :process_key, :until, :body)
ON CONFLICT (kind, id) DO UPDATE SET process_key = excluded.process_key, until = excluded.until, body = excluded.body;

-- lay_once: a mark, unless one lies there that is not over
INSERT INTO drawers (kind, id, process_key, until, body) VALUES (:kind, :id, :process_key, :until, :body)
ON CONFLICT (kind, id) DO UPDATE SET process_key = excluded.process_key, until = excluded.until, body = excluded.body
WHERE drawers.until <= :now;

-- look: what lies there and is not over
SELECT process_key, body FROM drawers WHERE kind = :kind AND id = :id AND (until IS NULL OR until > :now);

-- drawer: all of one kind that is not over
SELECT id, process_key, body FROM drawers WHERE kind = :kind AND (until IS NULL OR until > :now) ORDER BY id;

-- drop: it is taken out
DELETE FROM drawers WHERE kind = :kind AND id = :id;

-- all_drawers: all that lies there, to move it to another process key
SELECT kind, id, process_key, until, body FROM drawers WHERE process_key < :number;

-- drop_own: an account is closed, and with it goes what lay there for its officer
DELETE FROM drawers WHERE id = :id;
