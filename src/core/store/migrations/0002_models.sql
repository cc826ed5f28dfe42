-- What models that come as files leave behind: captions, vectors without sign codes, answers to questions of people's own.

ALTER TABLE embedding_vectors ALTER COLUMN sign_code DROP NOT NULL;

CREATE TABLE captions (
  sample_id INTEGER NOT NULL,
  model VARCHAR NOT NULL,
  caption VARCHAR,
  run_id INTEGER NOT NULL
);

CREATE TABLE dimensions (
  name VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  question VARCHAR,
  answers VARCHAR[] NOT NULL,
  single_answer BOOLEAN NOT NULL,
  builtin BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  in_use BOOLEAN NOT NULL
);
