-- load: a conversation by its address, beside the number of the process key in use
SELECT k.newest, c.id, c.version, c.process_key, c.day, c.draft, c.remains
FROM (SELECT max(id) AS newest FROM process_keys) AS k LEFT JOIN conversations AS c ON c.hash = :hash;

-- conversation: where a conversation stands before a turn; until the turn is kept nobody else changes it
WITH c AS (
  SELECT id, version, process_key, number, wake, since, touched, draft IS NOT NULL AS alive, lease, leased_until,
    not_before, slot
  FROM conversations WHERE hash = :hash FOR UPDATE
)
SELECT k.newest, c.* FROM (SELECT max(id) AS newest FROM process_keys) AS k LEFT JOIN c ON true;

-- seen_lately: whether a message had its effect on one of these days
SELECT 1 AS seen FROM inbound
WHERE day = ANY (ARRAY(SELECT generate_series(CAST(:first AS BIGINT), CAST(:last AS BIGINT)))) AND hash = :hash LIMIT 1;

-- recipient: the conversation a message is for; until its delivery is noted nobody else changes it
SELECT id, hash, scheme, channel, process_key, address FROM conversations WHERE id = :id FOR UPDATE;

-- rotate_later: the keys of cases that someone could read are changed when a colleague next unlocks
UPDATE cases SET rotate = 1 WHERE scheme = :scheme AND CAST(sealed_to AS jsonb) ? CAST(:officer AS TEXT);

-- claimable: the conversation with the oldest message that nobody delivers, which no other worker is claiming
SELECT c.id, c.hash, c.scheme, c.channel, c.process_key, c.address
FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.leased_until <= :now AND c.not_before <= :now ORDER BY o.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED;

-- claimable_by: the same, of these pairs of a channel and a scheme
SELECT c.id, c.hash, c.scheme, c.channel, c.process_key, c.address
FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.leased_until <= :now AND c.not_before <= :now
  AND (c.channel, c.scheme) IN (SELECT pair ->> 0, pair ->> 1 FROM jsonb_array_elements(CAST(:by AS jsonb)) AS pair)
ORDER BY o.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED;

-- start_conversation: someone new, with the slot of their key; the first turn follows as any other
INSERT INTO conversations (hash, process_key, scheme, channel, address, version, since, touched, slot)
VALUES (:hash, :process_key, :scheme, :channel, :address, 0, :since, :touched, :slot);

-- followers: conversations about a case, and the slots of their keys
SELECT id, slot FROM conversations WHERE number = :number;

-- old_drafts: drafts that nobody went on with
SELECT id, slot FROM conversations
WHERE touched <= :before AND (day IS NOT NULL OR (number IS NULL AND wake IS NULL));
