import assert from 'node:assert/strict';
import { boundsOf, Camera } from '../../../../webview/panel/map/camera';

describe('the camera of the map', () => {
  const near = (actual: readonly number[], expected: readonly number[]) =>
    actual.forEach((value, i) =>
      assert.ok(Math.abs(value - expected[i]) < 1e-6, `${actual.join()} is not ${expected.join()}`),
    );
  const make = () => {
    const camera = new Camera();
    camera.resize(800, 400);
    camera.show({ minX: -10, minY: 0, maxX: 10, maxY: 5 });
    return camera;
  };

  it('shows all points with some space around them, y upwards', () => {
    const camera = make();
    const [left, bottom] = camera.toScreen(-10, 0);
    const [right, top] = camera.toScreen(10, 5);
    assert.ok(left >= 20 && right <= 780 && top >= 20 && bottom <= 380);
    assert.ok(top < bottom);
    near([left + right, top + bottom], [800, 400]);
    assert.equal(camera.zoom, 1);
  });

  it('goes from the screen to the map and back', () => {
    const camera = make();
    camera.zoomAt(3.7, 100, 350);
    near(camera.toScreen(...camera.toMap(123, 45)), [123, 45]);
  });

  it('keeps the place under the pointer when it zooms', () => {
    const camera = make();
    const place = camera.toMap(500, 150);
    camera.zoomAt(2.5, 500, 150);
    near(camera.toScreen(...place), [500, 150]);
    assert.ok(Math.abs(camera.zoom - 2.5) < 1e-9);
  });

  it('follows a drag pixel by pixel', () => {
    const camera = make();
    const place = camera.toMap(400, 200);
    camera.panBy(30, -12);
    near(camera.toScreen(...place), [430, 188]);
  });

  it('never loses the points from view, however far it is dragged or zoomed', () => {
    const camera = make();
    camera.panBy(1e6, 1e6);
    near([camera.x, camera.y], [-10, 5]);
    camera.zoomAt(1e-9, 0, 0);
    assert.equal(camera.zoom, 0.5);
    camera.zoomAt(1e12, 0, 0);
    assert.ok(Number.isFinite(camera.scale) && camera.zoom <= 4000);
  });

  it('goes on showing all when the view is resized, but keeps a view that a person chose', () => {
    const camera = make();
    camera.resize(300, 900);
    assert.equal(camera.zoom, 1);
    camera.zoomAt(4, 150, 450);
    const { x, y, scale } = camera;
    camera.resize(600, 500);
    near([camera.x, camera.y, camera.scale], [x, y, scale]);
    camera.fit();
    assert.equal(camera.zoom, 1);
  });

  it('brings a place into view and leaves one that is in view alone', () => {
    const camera = make();
    const { x, y } = camera;
    camera.reveal(0, 2, 40);
    near([camera.x, camera.y], [x, y]);
    camera.zoomAt(20, 400, 200);
    camera.reveal(9, 4, 40);
    const [screenX, screenY] = camera.toScreen(9, 4);
    assert.ok(screenX >= 39 && screenX <= 761 && screenY >= 39 && screenY <= 361);
  });

  it('copes with one point, with points on a line and with none', () => {
    for (const xy of [[3, 3], [0, 0, 0, 8], []]) {
      const camera = new Camera();
      camera.resize(400, 300);
      camera.show(boundsOf(Float32Array.from(xy)));
      assert.ok(Number.isFinite(camera.scale) && camera.scale > 0);
      if (xy.length === 2) near(camera.toScreen(3, 3), [200, 150]);
    }
  });

  it('leaves places that are no numbers out of the extent', () => {
    const bounds = boundsOf(Float32Array.from([1, 2, NaN, 5, Infinity, 0, -3, 4]));
    assert.deepEqual(bounds, { minX: -3, minY: 2, maxX: 1, maxY: 4 });
  });
});
