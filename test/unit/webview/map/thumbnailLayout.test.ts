import assert from 'node:assert/strict';
import { Camera } from '../../../../webview/panel/map/camera';
import { MapScene } from '../../../../webview/panel/map/mapScene';
import { layoutThumbnails, THUMBNAIL_SIZE, thumbnailZoom } from '../../../../webview/panel/map/thumbnailLayout';

const COUNT = 5000;
let state = 1;
const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 429_496_729.6;
const scene = new MapScene({
  ids: Int32Array.from({ length: COUNT }, (_, i) => i + 1),
  xy: Float32Array.from({ length: 2 * COUNT }, next),
  categories: new Uint8Array(COUNT),
  labels: [],
});

function close(): Camera {
  const camera = new Camera();
  camera.resize(600, 500);
  camera.show(scene.bounds);
  camera.zoomAt(6, 300, 250);
  return camera;
}
const all = () => true;

describe('images on the map', () => {
  it('do not overlap', () => {
    const shown = layoutThumbnails(close(), scene, all);
    assert.ok(shown.length > 8, `${shown.length}`);
    shown.forEach((a, i) =>
      shown.slice(0, i).forEach((b) => {
        assert.ok(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= THUMBNAIL_SIZE);
      }),
    );
  });

  it('stay the same images while the map moves', () => {
    const camera = close();
    const before = new Set(layoutThumbnails(camera, scene, all).map(({ point }) => point));
    camera.panBy(9, -4);
    const after = layoutThumbnails(camera, scene, all).map(({ point }) => point);
    assert.ok(after.filter((point) => before.has(point)).length > 0.6 * after.length);
  });

  it('are of points that are accepted', () => {
    const shown = layoutThumbnails(close(), scene, (point) => point % 2 === 0);
    assert.ok(shown.length > 0 && shown.every(({ point }) => point % 2 === 0));
  });

  it('come the later the more points there are', () => {
    assert.equal(thumbnailZoom(200), 2);
    assert.ok(thumbnailZoom(20_000) > 3 && thumbnailZoom(1_000_000) > 20);
  });
});
