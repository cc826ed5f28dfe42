-- Tables are documented in docs/database.md. There are no indexes on large tables: one process writes, batches are
-- checked before they are appended, and an index costs up to a quarter of the write speed.

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  folder VARCHAR NOT NULL,
  max_tags INTEGER NOT NULL,
  created_at TIMESTAMP NOT NULL
);

CREATE TABLE samples (
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
  tags VARCHAR[] NOT NULL
);

CREATE TABLE tags (
  name VARCHAR PRIMARY KEY,
  dimension VARCHAR NOT NULL,
  category VARCHAR,
  alias_of VARCHAR,
  implies VARCHAR[]
);

CREATE TABLE tag_mappings (
  provider VARCHAR NOT NULL,
  external_tag VARCHAR NOT NULL,
  action VARCHAR NOT NULL CHECK (action IN ('map', 'ignore')),
  tag VARCHAR,
  dimension VARCHAR,
  PRIMARY KEY (provider, external_tag)
);

CREATE TABLE thresholds (
  provider VARCHAR PRIMARY KEY,
  threshold DOUBLE NOT NULL
);

CREATE TABLE models (
  name VARCHAR PRIMARY KEY,
  revision VARCHAR,
  licence VARCHAR,
  thresholds JSON,
  acceptance JSON
);

CREATE SEQUENCE run_ids;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY DEFAULT nextval('run_ids'),
  kind VARCHAR NOT NULL,
  model VARCHAR,
  settings JSON NOT NULL,
  outcome VARCHAR NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP,
  processed INTEGER,
  failed INTEGER,
  error VARCHAR
);

-- Which providers have looked at a sample, as one that stayed silent leaves no prediction.
CREATE TABLE taggings (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  run_id INTEGER NOT NULL
);

CREATE TABLE predictions (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  tag VARCHAR NOT NULL,
  score DOUBLE NOT NULL,
  run_id INTEGER NOT NULL
);

CREATE SEQUENCE decision_ids;

-- Append-only: of several decisions on the same sample and tag, the one with the highest id holds.
CREATE TABLE decisions (
  id INTEGER NOT NULL DEFAULT nextval('decision_ids'),
  sample_id INTEGER NOT NULL,
  tag VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  action VARCHAR NOT NULL CHECK (action IN ('added', 'approved', 'rejected', 'removed')),
  made_at TIMESTAMP NOT NULL
);

-- Derived from predictions, thresholds, mappings and decisions, as is samples.tags: never edited by itself.
CREATE TABLE sample_tags (
  sample_id INTEGER NOT NULL,
  tag VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  confidence DOUBLE NOT NULL
);

CREATE TABLE descriptors (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  vector FLOAT[904] NOT NULL
);

CREATE TABLE embedding_bases (
  model VARCHAR PRIMARY KEY,
  input_length INTEGER NOT NULL,
  output_length INTEGER NOT NULL,
  mean BLOB NOT NULL,
  components BLOB NOT NULL,
  scale BLOB NOT NULL,
  fitted_on INTEGER NOT NULL,
  made_at TIMESTAMP NOT NULL
);

CREATE TABLE embedding_vectors (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  vector FLOAT[] NOT NULL,
  sign_code BLOB NOT NULL
);

CREATE TABLE projections (
  model VARCHAR PRIMARY KEY,
  settings JSON NOT NULL,
  made_at TIMESTAMP NOT NULL
);

CREATE TABLE map_points (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  x FLOAT NOT NULL,
  y FLOAT NOT NULL
);

CREATE VIEW embeddings AS
SELECT v.sample_id, v.model, v.vector, p.x, p.y
FROM embedding_vectors v
LEFT JOIN map_points p ON p.sample_id = v.sample_id AND p.model = v.model;

CREATE TABLE near_duplicates (
  sample_a INTEGER NOT NULL,
  sample_b INTEGER NOT NULL,
  distance UTINYINT NOT NULL
);

CREATE SEQUENCE saved_view_ids;

CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY DEFAULT nextval('saved_view_ids'),
  name VARCHAR NOT NULL UNIQUE,
  view JSON NOT NULL,
  made_at TIMESTAMP NOT NULL
);
