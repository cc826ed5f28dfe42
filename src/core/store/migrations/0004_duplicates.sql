-- Groups of duplicates, how unlike all others each sample is, and from where on something is an issue.

-- How sample_a has to be mirrored or turned to look like sample_b; NULL as it is.
ALTER TABLE near_duplicates ADD COLUMN transform VARCHAR;

CREATE TABLE duplicate_members (
  group_id INTEGER NOT NULL,
  sample_id INTEGER NOT NULL,
  distance UTINYINT NOT NULL,
  transform VARCHAR
);

CREATE TABLE uniqueness (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  distance DOUBLE NOT NULL,
  score DOUBLE NOT NULL,
  spread DOUBLE NOT NULL
);

-- Only those that a person moved.
CREATE TABLE issue_thresholds (
  issue VARCHAR PRIMARY KEY,
  threshold DOUBLE NOT NULL
);
