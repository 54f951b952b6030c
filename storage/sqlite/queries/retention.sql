-- old_drafts: drafts that nobody went on with
SELECT id FROM conversations WHERE touched <= :before AND (day IS NOT NULL OR (number IS NULL AND wake IS NULL));

-- end_draft: what was told and not sent is wiped
UPDATE conversations SET draft = NULL, day = NULL WHERE id = :id;

-- old_inbound: ids of messages that no platform repeats any more
DELETE FROM inbound WHERE day < :day;

-- expired_parcels: messages on their way whose day is over
SELECT o.id, c.channel, c.scheme FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation WHERE o.day = :day;

-- ageing_attachments: files of a day in conversations that still go on
SELECT ref, day, body FROM attachments WHERE day = :day;

-- keep_longer: a file comes under another day's key
UPDATE attachments SET day = :day, body = :body WHERE ref = :ref;

-- finished_cases: cases whose retention may be over
SELECT number, closed, keep_months, hold_by FROM cases
WHERE closed + keep_months * 2626560 <= :before;

-- begin_purge: from here on the case is not there any more, though it still has to be destroyed
UPDATE cases SET purging = 1 WHERE number = :number;

-- purging: cases that are being destroyed
SELECT number, scheme, slot FROM cases WHERE purging = 1 ORDER BY number;

-- shred_later: this shred key has to be destroyed
INSERT INTO to_shred (slot) VALUES (:slot)
ON CONFLICT DO NOTHING;

-- to_shred: shred keys that have to be destroyed
SELECT slot FROM to_shred ORDER BY slot;

-- shredded: this shred key was destroyed
DELETE FROM to_shred WHERE slot = :slot;

-- purge_case: a case is destroyed
DELETE FROM cases WHERE number = :number;

-- purge_entries: with all that was sealed on it
DELETE FROM entries WHERE number = :number;

-- purge_attachments: and its files
DELETE FROM attachments WHERE number = :number;

-- purge_timeline: and what happened on it
DELETE FROM timeline WHERE number = :number;

-- purge_terms: and its deadlines
DELETE FROM terms WHERE number = :number;

-- purge_notices: and its notices
DELETE FROM notices WHERE number = :number;

-- purge_followers: and what a conversation kept of it
UPDATE conversations SET remains = NULL, number = NULL, wake = NULL, draft = NULL, day = NULL WHERE number = :number;

-- tombstone: that it was there, and when it went
INSERT INTO tombstones (number, scheme, at) VALUES (:number, :scheme, :at)
ON CONFLICT DO NOTHING;

-- tombstones: all that was destroyed
SELECT number, scheme, at FROM tombstones ORDER BY at, number;

-- hold: destruction is deferred
UPDATE cases SET hold_by = :who WHERE number = :number AND hold_by IS NULL;

-- release: and no longer
UPDATE cases SET hold_by = NULL WHERE number = :number;

-- old_rows: conversations still under an older process key
SELECT id, hash, scheme, channel, version, process_key, address, remains FROM conversations
WHERE process_key < :number LIMIT :limit;

-- move_row: a conversation comes under another process key
UPDATE conversations SET hash = :hash, process_key = :process_key, address = :address, remains = :remains
WHERE id = :id AND version = :version;

-- slots: the shred slots of all cases
SELECT number, scheme, slot FROM cases ORDER BY number;

-- forget_again: a conversation that was wiped after this copy was made
DELETE FROM conversations WHERE id = :id AND version <= :version;

-- old_access: lines of the access log that the law no longer asks for; meta says so first
DELETE FROM access WHERE at < :before;

-- old_drawers: what is over goes
DELETE FROM drawers WHERE until <= :now;
