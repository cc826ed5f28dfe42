-- How maps are to be laid out, and what was put into them later.

-- Only the first picture, which a layout replaces.
ALTER TABLE projections ADD COLUMN provisional BOOLEAN DEFAULT false;

-- Put in among the others after the layout, which has not moved for it.
ALTER TABLE map_points ADD COLUMN placed BOOLEAN DEFAULT false;

-- What a person chose for the maps of a model; without a row the defaults hold.
CREATE TABLE map_settings (
  model VARCHAR NOT NULL,
  neighbors INTEGER NOT NULL,
  min_distance DOUBLE NOT NULL,
  metric VARCHAR NOT NULL CHECK (metric IN ('cosine', 'euclidean'))
);
