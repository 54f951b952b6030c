-- make_migrations: what was done to the schema
CREATE TABLE IF NOT EXISTS migrations (
  name TEXT NOT NULL, part TEXT NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now(), PRIMARY KEY (name, part)
);

-- migrations: what was done already
SELECT name, part FROM migrations;

-- record_migration: this was done now
INSERT INTO migrations (name, part) VALUES (:name, :part);

-- running_versions: the versions of the schema that running processes know
SELECT objid AS version FROM pg_locks WHERE locktype = 'advisory' AND classid = :presence AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());

-- mark_commit: by which it is found out whether a commit was kept, when the answer to it was lost
INSERT INTO commits (id, kept) VALUES (:id, true);

-- fence_commit: if a commit was not kept, it never will be; this waits for one that is under way
INSERT INTO commits (id, kept) VALUES (:id, false) ON CONFLICT DO NOTHING;

-- commit_kept: whether the mark is that of the commit, or that of who asked for it
SELECT kept FROM commits WHERE id = :id;

-- await_standby: a change of nothing; its commit waits until the standby has all that was before it
SELECT pg_logical_emit_message(true, 'gehoord', '');

-- old_commits: marks that nobody asks for any more
DELETE FROM commits WHERE at < now() - INTERVAL '1 day';

-- take_slot: a shred slot that nothing has had
SELECT nextval('shred_slots') AS slot;

-- server_fitness: what a server has to be before anything is asked of it, and what time it is there
SELECT getdatabaseencoding() = 'UTF8' AS utf8, current_setting('transaction_read_only') = 'on' AS read_only,
  CAST(extract(epoch FROM clock_timestamp()) AS FLOAT) AS at;

-- backend: which process of the server answers this connection
SELECT pg_backend_pid() AS pid;

-- server_settings: whether the server loses nothing in a power cut, notices what its disk loses, and logs statements
SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
  current_setting('data_checksums') AS data_checksums, current_setting('log_statement') AS log_statement,
  current_setting('log_min_error_statement') AS log_min_error_statement,
  current_setting('log_min_duration_statement') AS log_min_duration_statement;

-- skip_shred_slots: slots under this one were given out since the copy was made that this database comes from
SELECT setval('shred_slots', greatest(:first, last_value)) FROM shred_slots;

-- schema_state: whether a store was half moved in here, whether there is no place for tables, and whether there are any
SELECT to_regclass('moving') IS NOT NULL AS moving, current_schema() IS NULL AS nowhere,
  to_regclass('migrations') IS NOT NULL AS made;

-- ours: whether this role owns the tables, and so may change them
SELECT pg_has_role(relowner, 'USAGE') AS ours FROM pg_class WHERE oid = to_regclass('migrations');
