-- list_case: a case stands on the list of someone who reads it
INSERT INTO desk_cases (officer, closed, due, received, number, scheme, status)
VALUES (:officer, :closed, :due, :received, :number, :scheme, :status);

-- unlist_case: a case stands on nobody's list
DELETE FROM desk_cases WHERE number = :number;

-- find_case_by: what a listed case can be found by
INSERT INTO desk_marks (number, what, id) VALUES (:number, :what, :id);

-- find_case_no_more: and by nothing any more
DELETE FROM desk_marks WHERE number = :number;

-- worklist_piles: how many cases an officer has of each pile
SELECT count(*) AS "all", coalesce(sum(CASE WHEN d.due < :today THEN 1 ELSE 0 END), 0) AS late,
  coalesce(sum(CASE WHEN d.due BETWEEN :today AND :soon THEN 1 ELSE 0 END), 0) AS due,
  coalesce(sum(CASE WHEN d.status = 'received' THEN 1 ELSE 0 END), 0) AS new,
  coalesce(sum(CASE WHEN d.status <> 'received' AND d.due > :soon THEN 1 ELSE 0 END), 0) AS waiting
FROM desk_cases AS d
WHERE d.officer = :officer AND d.closed = :closed AND d.scheme = :scheme
  AND (CAST(:status AS TEXT) IS NULL OR d.status = :status)
  AND (CAST(:location AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'location' AND m.id = :location))
  AND (CAST(:subject AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'subject' AND m.id = :subject))
  AND (CAST(:term AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'term' AND m.id = :term));

-- worklist_page: a page of the cases that an officer reads, by their next term
SELECT d.number FROM desk_cases AS d
WHERE d.officer = :officer AND d.closed = :closed AND d.scheme = :scheme
  AND d.due >= :first AND d.due <= :last
  AND (:begun < 0 OR (CASE WHEN d.status = 'received' THEN 0 ELSE 1 END) = :begun)
  AND (CAST(:status AS TEXT) IS NULL OR d.status = :status)
  AND (CAST(:location AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'location' AND m.id = :location))
  AND (CAST(:subject AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'subject' AND m.id = :subject))
  AND (CAST(:term AS TEXT) IS NULL OR EXISTS
    (SELECT 1 FROM desk_marks AS m WHERE m.number = d.number AND m.what = 'term' AND m.id = :term))
ORDER BY d.due, d.received, d.number LIMIT :limit OFFSET :offset;

-- worklist_cases: the cases that an officer reads, as far as it says whose they are
SELECT c.number, c.scheme, c.received, c.sealed_to, c.coded FROM desk_cases AS d JOIN cases AS c ON c.number = d.number
WHERE d.officer = :officer AND d.closed = :closed AND d.scheme = :scheme;

-- worklist_notes: what officers declared about those cases, and to whom they were given
SELECT t.number, t.what, t.by FROM desk_cases AS d JOIN timeline AS t ON t.number = d.number
WHERE d.officer = :officer AND d.closed = :closed AND d.scheme = :scheme AND t.kind = 'note' ORDER BY t.id;

-- worklist_kept_out: who must not hear of those cases
SELECT k.number, k.officer FROM desk_cases AS d JOIN kept_out AS k ON k.number = d.number
WHERE d.officer = :officer AND d.closed = :closed AND d.scheme = :scheme;

-- shared_cases: how many open cases an officer has, and how many of them a colleague can read as well
SELECT count(*) AS own, coalesce(sum(CASE WHEN EXISTS
    (SELECT 1 FROM desk_cases AS o WHERE o.number = d.number AND o.officer = :stand_in) THEN 1 ELSE 0 END), 0) AS shared
FROM desk_cases AS d WHERE d.officer = :officer AND d.closed = 0;
