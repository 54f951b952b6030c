-- take_draft_slot: a slot that no conversation has had
SELECT nextval('draft_slots') AS slot;

-- change_slot: from here on a conversation has another key; the trigger notes the old slot for destruction
UPDATE conversations SET slot = :slot WHERE id = :id;

-- waiting_steps: steps that a conversation has not heard of, as they are sealed
SELECT id, day, event FROM steps WHERE conversation = :conversation;

-- seal_step_again: under another key
UPDATE steps SET day = :day, event = :event WHERE id = :id;

-- waiting_bodies: messages on their way, as they are sealed
SELECT id, turn, part, day, body FROM outbox WHERE conversation = :conversation;

-- seal_parcel_again: under another key
UPDATE outbox SET day = :day, body = :body WHERE id = :id;

-- waiting_files: files that were sent and not filed, as they are sealed
SELECT ref, day, body FROM attachments WHERE conversation = :conversation AND number IS NULL;

-- to_forget: slots of draft keys that have to be destroyed
SELECT slot FROM to_forget ORDER BY slot;

-- forgotten: these slots were destroyed
DELETE FROM to_forget WHERE slot = ANY(:slots);

-- slots_in_use: slots from here to there that a conversation has
SELECT slot FROM conversations WHERE slot >= :first AND slot < :last;

-- slots_given_out: all slots under this one were given out
SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END AS slots FROM draft_slots;

-- expired_parcels: messages on their way whose day is over; of a day are 2026-05-20 and 2026-05-20.17, before any /
SELECT o.id, c.channel, c.scheme FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE o.day >= :day AND o.day < :day || '/';

-- ageing_attachments: files of a day in conversations that still go on
SELECT ref, day, body FROM attachments WHERE day >= :day AND day < :day || '/';

-- expired_steps: steps of a day whose key goes; the case tells them to who asks
DELETE FROM steps WHERE day >= :day AND day < :day || '/';

-- expired_marks: names of messages of a day whose key goes
DELETE FROM marks WHERE day >= :day AND day < :day || '/';

-- drop_outbox: messages on their way, of which no copy has the keys
DELETE FROM outbox;

-- drop_steps: and steps
DELETE FROM steps;

-- drop_marks: and names of messages
DELETE FROM marks;

-- drop_unfiled_files: and files that were not filed
DELETE FROM attachments WHERE number IS NULL;

-- drop_unfiled: and conversations of which nothing else remains
DELETE FROM conversations WHERE remains IS NULL;

-- drop_drafts: and the drafts of the others
UPDATE conversations SET draft = NULL, day = NULL, lease = 0, leased_until = 0;
