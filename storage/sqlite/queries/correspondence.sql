-- add_correspondent: a client can be written to
INSERT INTO correspondents (number, public, wrapped) VALUES (:number, :public, :wrapped);

-- correspondent: the client's key pair of a case
SELECT public, wrapped FROM correspondents WHERE number = :number;

-- move_correspondent: it comes under another shred key
UPDATE correspondents SET wrapped = :wrapped WHERE number = :number;

-- add_writing: something is written to the client
INSERT INTO writings (id, number, at, body) VALUES (:id, :number, :at, :body);

-- newest_writing: what was written to the client last in this second
SELECT max(id) AS id FROM writings WHERE number = :number AND at = :at;

-- writings: what was written to the client, in order
SELECT id, at, body FROM writings WHERE number = :number ORDER BY at, id;

-- following: by which channels conversations about a case are held
SELECT DISTINCT channel FROM conversations WHERE number = :number ORDER BY channel;

-- purge_correspondent: a case is destroyed, with the client's key
DELETE FROM correspondents WHERE number = :number;

-- purge_writings: and with what was written to them
DELETE FROM writings WHERE number = :number;
