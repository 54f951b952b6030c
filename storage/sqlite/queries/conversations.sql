-- load: a conversation by its address, beside the number of the process key in use
SELECT k.newest, c.* FROM (SELECT max(id) AS newest FROM process_keys) AS k
LEFT JOIN conversations AS c ON c.hash = :hash;

-- conversation: where a conversation stands before a turn, beside the number of the process key in use
SELECT k.newest, c.id, c.version, c.process_key, c.number, c.wake, c.since, c.touched,
  c.draft IS NOT NULL AS alive, c.lease, c.leased_until, c.not_before
FROM (SELECT max(id) AS newest FROM process_keys) AS k LEFT JOIN conversations AS c ON c.hash = :hash;

-- start_conversation: someone new; the first turn follows as any other
INSERT INTO conversations (hash, process_key, scheme, channel, address, version, since, touched)
VALUES (:hash, :process_key, :scheme, :channel, :address, 0, :since, :touched);

-- continue_conversation: a turn
UPDATE conversations SET version = :version, touched = :touched, day = :day, draft = :draft, remains = :remains,
  number = :number, wake = :wake, lease = :lease, leased_until = :leased_until
WHERE id = :id;

-- take_inbound: this message has its effect now
INSERT INTO inbound (day, hash, process_key) VALUES (:day, :hash, :process_key);

-- seen_inbound: whether a message had its effect on this day
SELECT 1 AS seen FROM inbound WHERE day = :day AND hash = :hash;

-- due_wakes: conversations whose time came
SELECT id, hash, scheme, channel, process_key, address, wake FROM conversations WHERE wake <= :now ORDER BY wake LIMIT :limit;

-- due_steps: steps of officers that a conversation has not heard of
SELECT s.id, s.day, s.event, c.id AS conversation, c.hash, c.scheme, c.channel, c.process_key, c.address
FROM steps AS s JOIN conversations AS c ON c.id = s.conversation
WHERE s.id IN (SELECT min(id) FROM steps GROUP BY conversation) ORDER BY s.id LIMIT :limit;

-- take_step: this conversation hears of this step now
DELETE FROM steps WHERE id = :id AND conversation = :conversation;

-- add_step: an officer did something that a conversation should hear of
INSERT INTO steps (conversation, day, event, at) VALUES (:conversation, :day, :event, :at);

-- expired_steps: steps of a day whose key goes; the case tells them to who asks
DELETE FROM steps WHERE day = :day;

-- forget_steps: a conversation was wiped
DELETE FROM steps WHERE conversation = :conversation;

-- followers: conversations about a case
SELECT id FROM conversations WHERE number = :number;
