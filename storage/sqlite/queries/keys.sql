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
  AND NOT EXISTS (SELECT 1 FROM lines WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM line_pages WHERE process_key = k.id)
  AND NOT EXISTS (SELECT 1 FROM cases WHERE claim_key = k.id);

-- set_meta: keep a fact about this installation
INSERT INTO meta (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
