-- make_migrations: what was done to the schema
CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT now());

-- migrations: what was done already
SELECT name FROM migrations;

-- record_migration: this was done now
INSERT INTO migrations (name) VALUES (:name);

-- make_slots: numbers of shred slots, which nobody has to wait for
CREATE SEQUENCE shred_slots MINVALUE 0 START 0;

-- guard_access: the access log only grows
CREATE FUNCTION access_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < coalesce((SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'access_kept_from'), 0)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the access log is append-only';
END $$;
CREATE TRIGGER access_is_kept BEFORE UPDATE OR DELETE ON access FOR EACH ROW EXECUTE FUNCTION access_only_grows();

-- take_slot: a shred slot that nothing has had
SELECT nextval('shred_slots') AS slot;
