-- Who says so, and what may be undone: policies by provider and dimension, operations, what a run replaced, what failed.

-- Explicit settings of the policy; the most specific one holds, '' stands for any. What the editor's settings say is kept
-- apart from what was set for this dataset, which comes first.
CREATE TABLE policies (
  origin VARCHAR NOT NULL CHECK (origin IN ('dataset', 'settings')),
  provider VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  threshold DOUBLE,
  auto_approve BOOLEAN,
  hold_unmapped BOOLEAN,
  max_tags INTEGER,
  PRIMARY KEY (origin, provider, dimension)
);

INSERT INTO policies
SELECT 'settings', provider, '', threshold, NULL, NULL, NULL FROM thresholds t
LEFT JOIN models m ON m.name = t.provider
WHERE threshold IS DISTINCT FROM coalesce((m.thresholds ->> 'tag')::DOUBLE, 50);

INSERT INTO policies SELECT 'settings', '', '', NULL, NULL, NULL, max_tags FROM datasets WHERE max_tags <> 10;

DROP TABLE thresholds;
ALTER TABLE datasets DROP COLUMN max_tags;

-- By which rules the derived tables were made last; other rules make them anew when the database is opened.
ALTER TABLE datasets ADD COLUMN derived_by INTEGER;

-- A tag that was deleted: no model gives it, and decisions up to this one are void.
ALTER TABLE tags ADD COLUMN deleted_after INTEGER;

-- provider '': any. `factor` is multiplied with the score.
ALTER TABLE tag_mappings ADD COLUMN factor DOUBLE DEFAULT 1;

-- What a person did, in the order of doing, for undo and redo.
CREATE SEQUENCE operation_ids;

CREATE TABLE operations (
  id INTEGER NOT NULL DEFAULT nextval('operation_ids'),
  kind VARCHAR NOT NULL CHECK (kind IN ('decide', 'rename', 'merge', 'delete')),
  title VARCHAR NOT NULL,
  detail JSON NOT NULL,
  samples INTEGER NOT NULL,
  made_at TIMESTAMP NOT NULL,
  state VARCHAR NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
);

-- 'withdrawn': as if nothing had been decided, which is what undoing a first decision leaves.
CREATE TABLE decisions_with_operations (
  id INTEGER NOT NULL DEFAULT nextval('decision_ids'),
  sample_id INTEGER NOT NULL,
  tag VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  action VARCHAR NOT NULL CHECK (action IN ('added', 'approved', 'rejected', 'removed', 'withdrawn')),
  made_at TIMESTAMP NOT NULL,
  operation_id INTEGER,
  cause VARCHAR NOT NULL DEFAULT 'do' CHECK (cause IN ('do', 'undo', 'redo'))
);

INSERT INTO decisions_with_operations
SELECT id, sample_id, tag, dimension, action, made_at, NULL, 'do' FROM decisions ORDER BY id;

DROP TABLE decisions;
ALTER TABLE decisions_with_operations RENAME TO decisions;

-- Derived from predictions, rules, mappings and decisions: never edited by itself. Names are kept once and rows are
-- numbers, as every change of a rule writes all of them again; the views below are how to read them.
DROP TABLE sample_tags;

CREATE TABLE derived_names (
  id INTEGER NOT NULL,
  tag VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  implied_by VARCHAR
);

-- `pending`: waits for a person, where the policy does not approve by itself.
CREATE TABLE derived_tags (
  sample_id INTEGER NOT NULL,
  name_id INTEGER NOT NULL,
  confidence DOUBLE NOT NULL,
  run_id INTEGER,
  decision_id INTEGER,
  pending BOOLEAN NOT NULL
);

CREATE VIEW sample_tags AS
SELECT d.sample_id, n.tag, n.dimension, n.source, d.confidence, d.run_id, d.decision_id, n.implied_by
FROM derived_tags d JOIN derived_names n ON n.id = d.name_id WHERE NOT d.pending;

CREATE VIEW pending_suggestions AS
SELECT d.sample_id, n.tag, n.dimension, n.source, d.confidence, d.run_id
FROM derived_tags d JOIN derived_names n ON n.id = d.name_id WHERE d.pending;

-- The names of a sample's tags are a text, as DuckDB would rewrite whole rows to change a list.
CREATE TABLE samples_with_tag_text (
  id INTEGER NOT NULL,
  dataset_id INTEGER NOT NULL,
  path VARCHAR NOT NULL,
  size BIGINT NOT NULL,
  mtime_ms DOUBLE NOT NULL,
  content_hash VARCHAR,
  perceptual_hash VARCHAR,
  width INTEGER,
  height INTEGER,
  format VARCHAR,
  captured_at TIMESTAMP,
  camera VARCHAR,
  lightness DOUBLE,
  sharpness DOUBLE,
  noise DOUBLE,
  entropy DOUBLE,
  chroma DOUBLE,
  overexposed DOUBLE,
  tagging_status VARCHAR NOT NULL CHECK (tagging_status IN ('pending', 'processing', 'completed', 'failed')),
  error VARCHAR,
  error_code VARCHAR,
  missing BOOLEAN NOT NULL,
  tag_text VARCHAR NOT NULL,
  tags VARCHAR[] GENERATED ALWAYS AS (
    CASE WHEN tag_text = '' THEN []::VARCHAR[] ELSE string_split(tag_text, chr(10)) END
  )
);

INSERT INTO samples_with_tag_text
SELECT * EXCLUDE (tags), array_to_string(tags, chr(10)) FROM samples ORDER BY id;

DROP TABLE samples;
ALTER TABLE samples_with_tag_text RENAME TO samples;

ALTER TABLE runs ADD COLUMN undone_at TIMESTAMP;

-- What the last run of a model replaced, for undoing that run; and what an undone run had said (replaced_by = run_id).
CREATE TABLE replaced_predictions (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  tag VARCHAR NOT NULL,
  score DOUBLE NOT NULL,
  run_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL
);

CREATE TABLE replaced_taggings (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  run_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL
);

CREATE TABLE replaced_captions (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  caption VARCHAR,
  run_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL
);

-- What a provider could not answer, until it does. Times are UTC; next_try NULL: trying again cannot help.
CREATE TABLE tagging_failures (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  run_id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  attempts INTEGER NOT NULL,
  failed_at TIMESTAMP NOT NULL,
  next_try TIMESTAMP
);
