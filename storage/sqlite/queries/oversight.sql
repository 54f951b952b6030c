-- versions_in_use: the versions of a scheme under which cases began, the latest used first
SELECT scheme_version AS version, sum(CASE WHEN closed IS NULL THEN 1 ELSE 0 END) AS open,
  sum(CASE WHEN closed IS NULL THEN 0 ELSE 1 END) AS closed, min(received) AS first, max(received) AS last
FROM cases WHERE scheme = :scheme AND purging = 0 GROUP BY scheme_version ORDER BY max(received) DESC, scheme_version;

-- waiting_messages: messages to clients of a scheme that could not go out yet, by channel
SELECT c.channel, count(*) AS count, max(o.attempts) AS tries
FROM outbox AS o JOIN conversations AS c ON c.id = o.conversation
WHERE c.scheme = :scheme AND EXISTS (SELECT 1 FROM outbox AS f WHERE f.conversation = c.id AND f.attempts > 0)
GROUP BY c.channel ORDER BY c.channel;

-- waiting_mails: mails to officers of a scheme that could not go out yet
SELECT 'mail' AS channel, count(*) AS count, max(tries) AS tries FROM mails WHERE scheme = :scheme AND tries > 0;

-- going_cases: closed cases of a scheme that may be destroyed until a moment; a month has 28 days or more
SELECT number, closed, keep_months, hold_by FROM cases
WHERE scheme = :scheme AND purging = 0 AND closed IS NOT NULL AND keep_months IS NOT NULL
  AND closed + keep_months * 2419200 <= :until;
