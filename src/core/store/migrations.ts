import initial from './migrations/0001_initial.sql';
import models from './migrations/0002_models.sql';
import trust from './migrations/0003_trust.sql';
import duplicates from './migrations/0004_duplicates.sql';
import maps from './migrations/0005_maps.sql';
import likeness from './migrations/0006_likeness.sql';

/** One step of the schema. Published steps are never edited: a change of the schema is a new step. */
export interface Migration {
  /** 1, 2, 3, … without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'initial', sql: initial },
  { version: 2, name: 'models', sql: models },
  { version: 3, name: 'trust', sql: trust },
  { version: 4, name: 'duplicates', sql: duplicates },
  { version: 5, name: 'maps', sql: maps },
  { version: 6, name: 'likeness', sql: likeness },
];
