-- What only this engine has, as of its first release.

-- numbers of shred slots, which nobody has to wait for
CREATE SEQUENCE shred_slots MINVALUE 0 START 0;

-- the access log only grows
CREATE FUNCTION access_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < coalesce((SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'access_kept_from'), 0)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the access log is append-only';
END $$;
CREATE TRIGGER access_is_kept BEFORE UPDATE OR DELETE ON access FOR EACH ROW EXECUTE FUNCTION access_only_grows();

-- numbers of slots of draft keys
CREATE SEQUENCE draft_slots MINVALUE 0 START 0;

-- which slot a conversation's key is in
ALTER TABLE conversations ADD COLUMN slot BIGINT NOT NULL;

-- so that slots nobody has are found
CREATE INDEX conversations_slot ON conversations (slot);

-- slots that have to be destroyed, until they are
CREATE TABLE to_forget (slot BIGINT PRIMARY KEY);

-- whatever ends a conversation or changes its key notes the old slot, so that no query can omit it
CREATE FUNCTION slot_is_left() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO to_forget (slot) VALUES (OLD.slot) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_ended AFTER DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION slot_is_left();
CREATE TRIGGER key_changed AFTER UPDATE OF slot ON conversations FOR EACH ROW WHEN (OLD.slot <> NEW.slot)
EXECUTE FUNCTION slot_is_left();

-- the marks of commits, by which a lost answer is found out
CREATE TABLE commits (id BIGINT PRIMARY KEY, kept BOOLEAN NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE INDEX commits_at ON commits (at);

-- tell the other processes when something comes for a conversation from outside it, or is left for them to deliver
CREATE FUNCTION stir() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NOTIFY gehoord;
  RETURN NULL;
END $$;
CREATE TRIGGER step_added AFTER INSERT ON steps FOR EACH STATEMENT EXECUTE FUNCTION stir();
CREATE TRIGGER left_to_deliver AFTER UPDATE OF not_before ON conversations FOR EACH ROW
WHEN (NEW.not_before > 0 AND NEW.leased_until = 0) EXECUTE FUNCTION stir();
