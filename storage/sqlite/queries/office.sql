-- officer: one officer
SELECT * FROM officers WHERE id = :id;

-- officers: all officers
SELECT * FROM officers WHERE :scheme IS NULL OR scheme = :scheme ORDER BY scheme, since, id;

-- add_officer: someone of the organisation
INSERT INTO officers (id, scheme, role, name, state, public, wrapped, contact, process_key, since)
VALUES (:id, :scheme, :role, :name, :state, :public, :wrapped, :contact, :process_key, :since)
ON CONFLICT DO NOTHING;

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

-- open_cases_after: a page of the open cases of a scheme, by number
SELECT * FROM cases WHERE scheme = :scheme AND closed IS NULL AND purging = 0 AND number > :after
ORDER BY number LIMIT :limit;

-- share_case: a case is sealed to other readers
UPDATE cases SET sealed_key = :sealed_key, sealed_to = :sealed_to, public = :public, slot = :slot, rotate = :rotate
WHERE number = :number;

-- rotate_later: the keys of cases that someone could read are changed when a colleague next unlocks
UPDATE cases SET rotate = 1 WHERE scheme = :scheme
  AND EXISTS (SELECT 1 FROM json_each(cases.sealed_to) WHERE json_each.value = :officer);

-- withdraw_reader: somebody reads a case no more; its key waits to be changed
UPDATE cases SET sealed_to = :sealed_to, rotate = 1 WHERE number = :number;

-- to_rotate: cases of a scheme whose keys are to be changed
SELECT * FROM cases WHERE scheme = :scheme AND rotate = 1 AND purging = 0;

-- replace_entry: an entry under a new case key
UPDATE entries SET body = :body WHERE id = :id;

-- replace_attachment: a file under a new case key
UPDATE attachments SET body = :body WHERE ref = :ref;

-- rotate_all: the keys of all cases of a scheme are changed when a colleague next unlocks
UPDATE cases SET rotate = 1 WHERE scheme = :scheme;
