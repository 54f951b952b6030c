-- plan_rung: a reminder comes at this moment; what was told stays told
INSERT INTO reminders (number, term, rung, officer, scheme, date, due)
VALUES (:number, :term, :rung, '', :scheme, :date, :due)
ON CONFLICT (number, term, rung, officer) DO UPDATE SET date = excluded.date, due = excluded.due
WHERE reminders.told IS NULL;

-- drop_rungs: a term ended, or begins anew
DELETE FROM reminders WHERE number = :number AND term = :term;

-- drop_untold: reminders of a term that its ladder does not have
DELETE FROM reminders WHERE number = :number AND term = :term AND told IS NULL AND officer = '' AND due > :now;

-- running_terms: a page of the running terms of a scheme, by case
SELECT t.number, t.id, t.deadline FROM terms AS t JOIN cases AS c ON c.number = t.number
WHERE c.scheme = :scheme AND c.purging = 0 AND t.state = 'running' AND t.number > :after
ORDER BY t.number LIMIT :limit;

-- meta: a fact about this installation
SELECT value FROM meta WHERE name = :name;

-- stirring: whether anything waits to be told or sent
SELECT EXISTS (SELECT 1 FROM reminders WHERE told IS NULL AND due <= :now)
  OR EXISTS (SELECT 1 FROM notices WHERE sent = 0)
  OR EXISTS (SELECT 1 FROM mails WHERE due <= :now AND leased_until <= :now) AS stirring;

-- begin_sweep: the right to sweep, unless another has it
INSERT INTO sweeps (name, lease, until) VALUES (:name, :lease, :until)
ON CONFLICT (name) DO UPDATE SET lease = excluded.lease, until = excluded.until WHERE sweeps.until <= :now;

-- sweeping: whether the right is still ours
SELECT 1 AS ours FROM sweeps WHERE name = :name AND lease = :lease;

-- end_sweep: and back
UPDATE sweeps SET until = 0 WHERE name = :name AND lease = :lease;

-- free_sweeps: who had the right to sweep is gone
UPDATE sweeps SET until = 0 WHERE lease BETWEEN :first AND :last;

-- due_rungs: reminders whose moment came, of some terms, each with all that is due of it
SELECT number, scheme, term, rung, date, officer, due FROM reminders
WHERE told IS NULL AND due <= :now AND (number, term) IN (
  SELECT number, term FROM reminders WHERE told IS NULL AND due <= :now ORDER BY due, number, term, rung LIMIT :limit)
ORDER BY due, number, term, rung;

-- tell: a reminder was told
UPDATE reminders SET told = :now
WHERE number = :number AND term = :term AND rung = :rung AND officer = :officer AND told IS NULL;

-- put_off: a reminder comes later
UPDATE reminders SET due = :due
WHERE number = :number AND term = :term AND rung = :rung AND officer = :officer AND told IS NULL;

-- snooze: an officer wants to be reminded once more
INSERT INTO reminders (number, term, rung, officer, scheme, date, due)
VALUES (:number, :term, :rung, :officer, :scheme, :date, :due)
ON CONFLICT (number, term, rung, officer) DO UPDATE SET date = excluded.date, due = excluded.due, told = NULL;

-- runs: whether a term of a case, or of the organisation, runs and until when
SELECT date, deadline FROM terms WHERE number = :number AND id = :id AND state = 'running'
UNION ALL SELECT date, deadline FROM duties WHERE number = :number AND term = :id AND done IS NULL;

-- keep_out: this officer must not hear of the case; an empty name says that the client refused somebody
INSERT INTO kept_out (number, officer) VALUES (:number, :officer) ON CONFLICT (number, officer) DO NOTHING;

-- kept_out: who must not hear of a case
SELECT officer FROM kept_out WHERE number = :number;

-- whose: what officers declared about a case, and to whom it was given
SELECT what, by FROM timeline WHERE number = :number AND kind = 'note' ORDER BY id;

-- add_mail: a mail on its way
INSERT INTO mails (id, scheme, officer, kind, items, past, since, due, tries, begun, lease, leased_until)
VALUES (:id, :scheme, :officer, :kind, :items, :past, :since, :due, 0, 0, 0, 0)
ON CONFLICT (id) DO NOTHING;

-- next_mail: the mail that waits longest and that nobody sends
SELECT * FROM mails WHERE due <= :now AND leased_until <= :now ORDER BY due, id LIMIT 1;

-- lease_mail: it is ours to send, for a while
UPDATE mails SET lease = :lease, leased_until = :until, begun = 1, items = :items WHERE id = :id;

-- free_mails: who had the right to send them is gone
UPDATE mails SET leased_until = 0 WHERE lease BETWEEN :first AND :last;

-- keep_items: what of a mail is still for this officer
UPDATE mails SET items = :items WHERE id = :id AND lease = :lease;

-- hold_mail: not now
UPDATE mails SET due = :due, tries = tries + :failed, begun = 0, lease = 0, leased_until = 0
WHERE id = :id AND lease = :lease;

-- drop_mail: it was sent, or is not needed any more
DELETE FROM mails WHERE id = :id AND lease = :lease;

-- count_mail: one more of these
INSERT INTO mail_tally (what, count) VALUES (:what, :more)
ON CONFLICT (what) DO UPDATE SET count = mail_tally.count + excluded.count;

-- mail_tally: all counts
SELECT what, count FROM mail_tally ORDER BY what;

-- terms_for: the running terms of an officer's cases
SELECT t.number, t.deadline FROM desk_cases AS d JOIN cases AS c ON c.number = d.number
JOIN terms AS t ON t.number = c.number AND t.state = 'running'
WHERE d.officer = :officer AND d.closed = 0 AND d.scheme = :scheme AND c.purging = 0
  AND (c.closed IS NULL OR t.id = 'avg.access')
  AND NOT EXISTS (SELECT 1 FROM timeline AS m
    WHERE m.number = c.number AND m.by = :officer AND m.what = 'involved_declared')
ORDER BY t.date, t.number, t.id;

-- purge_reminders: a case is destroyed, and with it its reminders
DELETE FROM reminders WHERE number = :number;

-- purge_kept_out: and who must not hear of it
DELETE FROM kept_out WHERE number = :number;
