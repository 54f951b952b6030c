-- What is looked for every hour, at each login and for each claim code is found by an index, however many cases there
-- are. A month has 30.4 days (2626560 seconds) or up to three days less: nothing ends before that.
-- It is of all cases: what an index of some holds PostgreSQL does not reckon with.
CREATE INDEX cases_ending ON cases ((closed + keep_months * 2626560));
CREATE INDEX cases_purging ON cases (number) WHERE purging = 1;
CREATE INDEX cases_rotate ON cases (scheme) WHERE rotate = 1;
CREATE INDEX cases_claim_key ON cases (claim_key) WHERE claim_key IS NOT NULL;
CREATE INDEX access_at ON access (at);
CREATE INDEX attachments_day ON attachments (day) WHERE day IS NOT NULL;

-- Drafts, and conversations of which nothing is left. A turn changes none of what this is about within the day.
CREATE INDEX conversations_over ON conversations (touched) WHERE day IS NOT NULL OR (number IS NULL AND wake IS NULL);

DROP INDEX cases_closed;
DROP INDEX conversations_touched;
