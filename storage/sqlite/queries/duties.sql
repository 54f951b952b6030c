-- begin_duty: a period ended, and this has to be done for it
INSERT INTO duties (number, term, scheme, date, deadline, by) VALUES (:number, :term, :scheme, :date, :deadline, '')
ON CONFLICT (number, term) DO NOTHING;

-- duties: what an organisation has to do, and did
SELECT * FROM duties WHERE scheme = :scheme ORDER BY date, number, term;

-- meet_duty: it was done by an officer of that organisation
UPDATE duties SET done = :at, by = :officer WHERE number = :number AND term = :term AND done IS NULL
AND EXISTS (SELECT 1 FROM officers AS o WHERE o.id = :officer AND o.scheme = duties.scheme AND o.state = 'active');
