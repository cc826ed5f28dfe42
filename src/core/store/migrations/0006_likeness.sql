-- Near duplicates by more than one way of telling how alike two images are.

CREATE TABLE alike_pairs (
  sample_a INTEGER NOT NULL,
  sample_b INTEGER NOT NULL,
  found_by VARCHAR NOT NULL,
  likeness DOUBLE NOT NULL,
  score DOUBLE NOT NULL,
  transform VARCHAR
);
INSERT INTO alike_pairs
SELECT sample_a, sample_b, 'sign-code', 100 - 100 * distance::DOUBLE / 256, greatest(0, 100 - 50 * distance::DOUBLE / 64),
  transform
FROM near_duplicates;
DROP TABLE near_duplicates;
ALTER TABLE alike_pairs RENAME TO near_duplicates;

CREATE TABLE alike_members (
  group_id INTEGER NOT NULL,
  sample_id INTEGER NOT NULL,
  found_by VARCHAR,
  likeness DOUBLE NOT NULL,
  score DOUBLE NOT NULL,
  transform VARCHAR
);
-- Which of the members that differ in no bit are copies is not known any more, and makes no difference.
INSERT INTO alike_members
SELECT group_id, sample_id, CASE WHEN distance > 0 OR transform IS NOT NULL THEN 'sign-code' END,
  100 - 100 * distance::DOUBLE / 256, greatest(0, 100 - 50 * distance::DOUBLE / 64), transform
FROM duplicate_members;
DROP TABLE duplicate_members;
ALTER TABLE alike_members RENAME TO duplicate_members;

-- The models by whose vectors a person had near duplicates looked for, and from which likeness on.
CREATE TABLE duplicate_searches (
  model VARCHAR PRIMARY KEY,
  least DOUBLE NOT NULL,
  -- Digest of the vectors that were compared.
  vectors VARCHAR NOT NULL
);
