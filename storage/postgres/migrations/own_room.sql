-- Room to write a row anew beside its older version.

-- a turn then changes no index: nothing that one is about changes with every turn
ALTER TABLE conversations SET (fillfactor = 80);

-- what an index on something reckoned holds is known from here on, and not when so many rows have changed
ANALYZE cases;
