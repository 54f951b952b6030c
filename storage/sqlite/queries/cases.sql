-- keep_attachment: a file that a client sent
INSERT INTO attachments (ref, conversation, day, at, body) VALUES (:ref, :conversation, :day, :at, :body);

-- unfiled_attachment: a file of a conversation that is not part of a case yet
SELECT ref, day, body FROM attachments WHERE ref = :ref AND conversation = :conversation;

-- file_attachment: a file becomes part of a case
UPDATE attachments SET conversation = NULL, day = NULL, number = :number, body = :body WHERE ref = :ref;

-- forget_attachments: files of a wiped conversation, but the one that came with the turn that wiped what was before it
DELETE FROM attachments WHERE conversation = :conversation AND ref <> :but;

-- recipients: active officers of a scheme, whatever their role
SELECT id, role, name, public FROM officers WHERE scheme = :scheme AND state = 'active' ORDER BY since, id;

-- recovery: the recovery key of a scheme
SELECT public FROM recoveries WHERE scheme = :scheme;

-- take_slot: a shred slot that nothing has had
INSERT INTO meta (name, value) VALUES ('next_slot', '1')
ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)
RETURNING CAST(value AS INTEGER) - 1 AS slot;

-- open_case: a case is filed
INSERT INTO cases (number, scheme, scheme_version, kind, status, received, filed_on, keep_months, roles,
  coded, public, slot, sealed_key, sealed_to, claim, claim_key)
VALUES (:number, :scheme, :scheme_version, :kind, :status, :received, :filed_on, :keep_months, :roles,
  :coded, :public, :slot, :sealed_key, :sealed_to, :claim, :claim_key)
ON CONFLICT DO NOTHING;

-- case: a case without its content
SELECT * FROM cases WHERE number = :number AND purging = 0;

-- case_by_claim: the case with this claim code
SELECT * FROM cases WHERE claim = :claim AND scheme = :scheme AND purging = 0;

-- claim_keys: under which process keys claim codes were hashed, each found by the one above it
WITH RECURSIVE k (claim_key) AS (
  SELECT max(claim_key) FROM cases WHERE claim_key IS NOT NULL
  UNION ALL SELECT (SELECT max(c.claim_key) FROM cases AS c WHERE c.claim_key < k.claim_key) FROM k WHERE k.claim_key IS NOT NULL
)
SELECT claim_key FROM k WHERE claim_key IS NOT NULL ORDER BY claim_key DESC;

-- add_entry: something sealed comes on a case
INSERT INTO entries (id, number, what, by, at, unread, body) VALUES (:id, :number, :what, :by, :at, :unread, :body);

-- newest_entry: what came last on a case in this second
SELECT max(id) AS id FROM entries WHERE number = :number AND at = :at;

-- entries: all that is sealed on a case, in order
SELECT id, what, by, at, unread, body FROM entries WHERE number = :number ORDER BY at, id;

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
SELECT id, number, scheme, role, what, urgent, at FROM notices WHERE sent = 0 AND id > :after
ORDER BY id LIMIT :limit;

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
