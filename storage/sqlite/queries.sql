-- process_keys: all process keys with their fingerprints
SELECT id, fingerprint FROM process_keys ORDER BY id;

-- add_process_key: a process key comes into use
INSERT INTO process_keys (id, fingerprint, since) VALUES (:id, :fingerprint, :since);

-- forget_process_key: nothing names this process key any more
DELETE FROM process_keys WHERE id = :id;

-- idle_process_keys: older keys that no row names
SELECT id FROM process_keys AS k
WHERE id < (SELECT max(id) FROM process_keys)
  AND NOT EXISTS (SELECT 1 FROM conversations WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM inbound WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM officers WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM drawers WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM cases WHERE claim_key = k.id);

-- set_meta: keep a fact about this installation
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

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

-- lease: the right to deliver to a conversation, for a while
UPDATE conversations SET lease = :lease, leased_until = :until WHERE id = :id;

-- end_lease: give the right back, if it is still ours
UPDATE conversations SET lease = 0, leased_until = 0, not_before = :not_before WHERE id = :id AND lease = :lease;

-- renew_lease: keep the right, if it is still ours
UPDATE conversations SET leased_until = :until WHERE id = :id AND lease = :lease;

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

-- keep_attachment: a file that a client sent
INSERT INTO attachments (ref, conversation, day, at, body) VALUES (:ref, :conversation, :day, :at, :body);

-- unfiled_attachment: a file of a conversation that is not part of a case yet
SELECT ref, day, body FROM attachments WHERE ref = :ref AND conversation = :conversation;

-- file_attachment: a file becomes part of a case
UPDATE attachments SET conversation = NULL, day = NULL, number = :number, body = :body WHERE ref = :ref;

-- forget_attachments: files of a wiped conversation
DELETE FROM attachments WHERE conversation = :conversation;

-- recipients: active officers of a scheme
SELECT id, role, name, public FROM officers WHERE scheme = :scheme AND state = 'active' ORDER BY since, id;

-- recovery: the recovery key of a scheme
SELECT public FROM recoveries WHERE scheme = :scheme;

-- next_slot: the shred slot for the next case
SELECT CAST(value AS INTEGER) AS slot FROM meta WHERE name = 'next_slot';

-- open_case: a case is filed
INSERT OR IGNORE INTO cases (number, scheme, scheme_version, kind, status, received, filed_on, keep_months, roles,
  coded, public, slot, sealed_key, sealed_to, claim, claim_key)
VALUES (:number, :scheme, :scheme_version, :kind, :status, :received, :filed_on, :keep_months, :roles,
  :coded, :public, :slot, :sealed_key, :sealed_to, :claim, :claim_key);

-- case: a case without its content
SELECT * FROM cases WHERE number = :number AND purging = 0;

-- case_by_claim: the case with this claim code
SELECT * FROM cases WHERE claim = :claim AND scheme = :scheme AND purging = 0;

-- claim_keys: under which process keys claim codes of a scheme were hashed
SELECT DISTINCT claim_key FROM cases WHERE claim_key IS NOT NULL ORDER BY claim_key DESC;

-- add_entry: something sealed comes on a case
INSERT INTO entries (id, number, what, by, at, unread, body) VALUES (:id, :number, :what, :by, :at, :unread, :body);

-- entries: all that is sealed on a case, in order
SELECT id, what, by, at, unread, body FROM entries WHERE number = :number ORDER BY at, rowid;

-- mark: a line on the timeline
INSERT INTO timeline (number, at, kind, what, by) VALUES (:number, :at, :kind, :what, :by);

-- timeline: what happened on a case, in order
SELECT at, kind, what, by FROM timeline WHERE number = :number ORDER BY id;

-- set_term: a deadline begins or changes
INSERT INTO terms (number, id, date, deadline, state) VALUES (:number, :id, :date, :deadline, 'running')
ON CONFLICT (number, id) DO UPDATE SET date = excluded.date, deadline = excluded.deadline, state = 'running';

-- same_term: whether exactly this deadline runs already
SELECT 1 AS same FROM terms WHERE number = :number AND id = :id AND deadline = :deadline AND state = 'running';

-- end_term: a deadline is met or falls away
UPDATE terms SET state = :reason WHERE number = :number AND id = :id AND state = 'running';

-- terms: the deadlines of a case, the nearest first
SELECT id, date, deadline, state FROM terms WHERE number = :number ORDER BY date, id;

-- notify: a role should hear, without content, that something waits
INSERT INTO notices (number, scheme, role, what, urgent, at) VALUES (:number, :scheme, :role, :what, :urgent, :at);

-- notices: notices that were not sent yet
SELECT id, number, scheme, role, what, urgent, at FROM notices WHERE sent = 0 ORDER BY id LIMIT :limit;

-- noticed: a notice was sent
UPDATE notices SET sent = 1 WHERE id = :id;

-- unread: how many replies of the client on a case nobody has read
SELECT count(*) AS unread FROM entries WHERE number = :number AND unread = 1;

-- cases: cases without their content, the newest first
SELECT * FROM cases WHERE purging = 0 AND (:scheme IS NULL OR scheme = :scheme) 
  AND (:standing IS NULL OR (closed IS NULL) = (:standing = 'open'))
ORDER BY received DESC, number LIMIT :limit;

-- read_entries: an officer opened the whole case
UPDATE entries SET unread = 0 WHERE number = :number AND unread = 1;

-- set_status: where a case stands
UPDATE cases SET status = :status, closed = :closed WHERE number = :number;

-- attachments: files of a case
SELECT ref FROM attachments WHERE number = :number ORDER BY at, ref;

-- attachment: one file of a case
SELECT body FROM attachments WHERE number = :number AND ref = :ref;

-- log_access: who did what; append-only
INSERT INTO access (at, officer, what, number) VALUES (:at, :officer, :what, :number);

-- access_log: who did what, in order
SELECT at, officer, what, number FROM access WHERE :number IS NULL OR number = :number ORDER BY id;

-- officer: one officer
SELECT * FROM officers WHERE id = :id;

-- officers: all officers
SELECT * FROM officers WHERE :scheme IS NULL OR scheme = :scheme ORDER BY scheme, since, id;

-- add_officer: someone of the organisation
INSERT OR IGNORE INTO officers (id, scheme, role, name, state, public, wrapped, contact, process_key, since)
VALUES (:id, :scheme, :role, :name, :state, :public, :wrapped, :contact, :process_key, :since);

-- set_officer_state: an officer is let in or goes
UPDATE officers SET state = :state WHERE id = :id;

-- forget_identity: the key of an officer who left
UPDATE officers SET wrapped = NULL WHERE id = :id;

-- set_identity: an officer's new key
UPDATE officers SET public = :public, wrapped = :wrapped WHERE id = :id;

-- set_contact: where an officer gets notices
UPDATE officers SET contact = :contact, process_key = :process_key WHERE id = :id;

-- set_recovery: the recovery key of a scheme
INSERT INTO recoveries (scheme, public, since) VALUES (:scheme, :public, :since)
ON CONFLICT (scheme) DO UPDATE SET public = excluded.public, since = excluded.since;

-- cases_of_scheme: all cases of a scheme that a key has to be made for
SELECT * FROM cases WHERE scheme = :scheme AND purging = 0 ORDER BY number;

-- share_case: a case is sealed to other readers
UPDATE cases SET sealed_key = :sealed_key, sealed_to = :sealed_to, public = :public, slot = :slot, rotate = :rotate
WHERE number = :number;

-- rotate_later: the keys of cases that someone could read are changed when a colleague next unlocks
UPDATE cases SET rotate = 1 WHERE scheme = :scheme
  AND EXISTS (SELECT 1 FROM json_each(cases.sealed_to) WHERE json_each.value = :officer);

-- to_rotate: cases of a scheme whose keys are to be changed
SELECT * FROM cases WHERE scheme = :scheme AND rotate = 1 AND purging = 0;

-- replace_entry: an entry under a new case key
UPDATE entries SET body = :body WHERE id = :id;

-- replace_attachment: a file under a new case key
UPDATE attachments SET body = :body WHERE ref = :ref;

-- rotate_all: the keys of all cases of a scheme are changed when a colleague next unlocks
UPDATE cases SET rotate = 1 WHERE scheme = :scheme;

-- old_drafts: drafts that nobody went on with
SELECT id FROM conversations WHERE touched <= :before AND (draft IS NOT NULL OR remains IS NULL);

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
SELECT * FROM cases WHERE closed IS NOT NULL AND keep_months IS NOT NULL AND closed <= :before ORDER BY number;

-- begin_purge: from here on the case is not there any more, though it still has to be destroyed
UPDATE cases SET purging = 1 WHERE number = :number;

-- purging: cases that are being destroyed
SELECT number, scheme, slot FROM cases WHERE purging = 1 ORDER BY number;

-- shred_later: this shred key has to be destroyed
INSERT OR IGNORE INTO to_shred (slot) VALUES (:slot);

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
INSERT OR IGNORE INTO tombstones (number, scheme, at) VALUES (:number, :scheme, :at);

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

-- lay: something of the desk's own, in place of what lay there
INSERT INTO drawers (kind, id, process_key, until, body) VALUES (:kind, :id, :process_key, :until, :body)
ON CONFLICT (kind, id) DO UPDATE SET process_key = excluded.process_key, until = excluded.until, body = excluded.body;

-- look: what lies there and is not over
SELECT process_key, body FROM drawers WHERE kind = :kind AND id = :id AND (until IS NULL OR until > :now);

-- drawer: all of one kind that is not over
SELECT id, process_key, body FROM drawers WHERE kind = :kind AND (until IS NULL OR until > :now) ORDER BY id;

-- drop: it is taken out
DELETE FROM drawers WHERE kind = :kind AND id = :id;

-- old_drawers: what is over goes
DELETE FROM drawers WHERE until <= :now;

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
