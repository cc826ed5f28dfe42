import assert from 'node:assert/strict';
import { join } from 'node:path';
import { thumbnailPath } from '../../../src/core/thumbnailPath';

describe('thumbnailPath', () => {
  const location = { folder: '/data', database: '/data/x.duckdb', thumbnails: join('/data', 'thumbs') };

  it('spreads over folders and changes with the file', () => {
    assert.equal(thumbnailPath(location, { id: 1, mtimeMs: 35.6 }), join('/data', 'thumbs', '01', '1-10.jpg'));
    assert.equal(thumbnailPath(location, { id: 511, mtimeMs: 36 }), join('/data', 'thumbs', 'ff', '511-10.jpg'));
    assert.notEqual(thumbnailPath(location, { id: 1, mtimeMs: 37 }), thumbnailPath(location, { id: 1, mtimeMs: 36 }));
  });
});
