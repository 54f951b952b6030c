-- send: a message on its way out
INSERT INTO outbox (conversation, turn, part, day, body) VALUES (:conversation, :turn, :part, :day, :body);

-- waiting: whether anything waits to go out to a conversation
SELECT 1 AS waiting FROM outbox WHERE conversation = :conversation LIMIT 1;

-- next_parcel: the oldest message that waits for a conversation
SELECT id, turn, part, day, body, attempts FROM outbox WHERE conversation = :conversation ORDER BY id LIMIT 1;

-- waiting_parcels: all that waits for a conversation, in order
SELECT o.id, o.turn, o.part, o.day, o.body, o.conversation FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.hash = :hash ORDER BY o.id;

-- claimable: the conversation with the oldest message that nobody delivers and that need not wait
SELECT c.id, c.hash, c.scheme, c.channel, c.process_key, c.address
FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.leased_until <= :now AND c.not_before <= :now ORDER BY o.id LIMIT 1;

-- claimable_by: the same, of these pairs of a channel and a scheme
SELECT c.id, c.hash, c.scheme, c.channel, c.process_key, c.address
FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.leased_until <= :now AND c.not_before <= :now
  AND (c.channel, c.scheme) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:by))
ORDER BY o.id LIMIT 1;

-- lease: the right to deliver to a conversation, for a while
UPDATE conversations SET lease = :lease, leased_until = :until WHERE id = :id;

-- end_lease: give the right back, if it is still ours
UPDATE conversations SET lease = 0, leased_until = 0, not_before = :not_before WHERE id = :id AND lease = :lease;

-- renew_lease: keep the right, if it is still ours
UPDATE conversations SET leased_until = :until WHERE id = :id AND lease = :lease;

-- free_conversations: who had the right to deliver is gone
UPDATE conversations SET lease = 0, leased_until = 0 WHERE lease BETWEEN :first AND :last;

-- recipient: the conversation a message is for
SELECT id, hash, scheme, channel, process_key, address FROM conversations WHERE id = :id;

-- sent: a message was delivered
DELETE FROM outbox WHERE id = :id;

-- postponed: a message has to wait
UPDATE outbox SET attempts = attempts + 1 WHERE id = :id;

-- park: a message will never be delivered
INSERT INTO parked (channel, scheme, reason, since) VALUES (:channel, :scheme, :reason, :since);

-- parked: all messages that will never be delivered
SELECT id, channel, scheme, reason, since FROM parked ORDER BY id;

-- unsend: a wiped conversation gets none of its older messages
DELETE FROM outbox WHERE conversation = :conversation;

-- drop_empty: a wiped conversation goes when nothing waits for it any more
DELETE FROM conversations WHERE id = :id AND draft IS NULL AND remains IS NULL AND wake IS NULL
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = :id)
  AND NOT EXISTS (SELECT 1 FROM attachments WHERE conversation = :id);

-- mark_message: what the platform called a message that came
INSERT INTO marks (conversation, day, body) VALUES (:conversation, :day, :body);

-- marked_messages: what the platform called all that came to a conversation, in order
SELECT m.day, m.body, m.conversation FROM marks AS m JOIN conversations AS c ON c.id = m.conversation
WHERE c.hash = :hash ORDER BY m.id;

-- unmark_messages: they were taken away there
DELETE FROM marks WHERE conversation = :conversation;

-- expired_marks: names of messages of a day whose key goes
DELETE FROM marks WHERE day = :day;

-- parked_reasons: how many messages will never be delivered, and why
SELECT reason, count(*) AS count FROM parked GROUP BY reason ORDER BY reason;

-- late_notices: how many notices wait since before a moment
SELECT count(*) AS count FROM notices WHERE sent = 0 AND at < :before;
