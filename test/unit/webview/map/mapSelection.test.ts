import assert from 'node:assert/strict';
import { Camera } from '../../../../webview/panel/map/camera';
import { MapScene } from '../../../../webview/panel/map/mapScene';
import { MapSelection } from '../../../../webview/panel/map/mapSelection';
import { drawingOrder } from '../../../../webview/panel/map/pointRenderer';

const scene = () =>
  new MapScene({
    ids: Int32Array.from([11, 12, 13, 14]),
    xy: Float32Array.from([0, 0, 1, 1, 5, 5, 6, 6]),
    categories: Uint8Array.from([0, 1, 255, 0]),
    labels: ['dark', 'bright'],
  });

const draw = (selection: MapSelection, outline: readonly number[]) => {
  for (let i = 0; i < outline.length; i += 2) selection.grow(outline[i], outline[i + 1]);
};
const AROUND_FIRST_TWO = [-1, -1, 2, -1, 2, 2, -1, 2];

describe('the selection of the map', () => {
  it('gives sample ids and previews them until the host answers', () => {
    const selection = new MapSelection();
    draw(selection, AROUND_FIRST_TWO);
    assert.deepEqual(selection.finish(scene())?.toSorted(), Int32Array.from([11, 12]));
    assert.deepEqual(selection.preview, Uint8Array.from([1, 1, 0, 0]));
    selection.maskArrived();
    assert.equal(selection.preview, null);
    assert.ok(selection.outline, 'the answer to the lasso keeps its outline');
    selection.maskArrived();
    assert.equal(selection.outline, null, 'a later filter does not');
  });

  it('begins anew with the next lasso', () => {
    const selection = new MapSelection();
    draw(selection, AROUND_FIRST_TWO);
    selection.finish(scene());
    draw(selection, [4, 4, 5.5, 4, 5.5, 5.5, 4, 5.5]);
    assert.deepEqual(selection.finish(scene()), Int32Array.from([13]));
  });

  it('adds to what is selected and takes away from it', () => {
    const selection = new MapSelection();
    draw(selection, AROUND_FIRST_TWO);
    selection.finish(scene());
    selection.maskArrived();
    draw(selection, [4, 4, 5.5, 4, 5.5, 5.5, 4, 5.5]);
    assert.deepEqual(selection.finish(scene(), 'add'), Int32Array.from([11, 12, 13]));
    assert.deepEqual(selection.choose(scene(), Uint32Array.of(0, 3), 'remove'), Int32Array.from([12, 13]));
    assert.deepEqual(selection.preview, Uint8Array.from([0, 1, 1, 0]));
    assert.equal(selection.choose(scene(), Uint32Array.of(1, 2), 'remove'), null);
  });

  it('adds nothing to what was not selected on the map', () => {
    const selection = new MapSelection();
    selection.choose(scene(), Uint32Array.of(0), 'replace');
    selection.forget();
    assert.ok(selection.preview, 'the host has not answered yet');
    selection.maskArrived();
    selection.forget();
    assert.deepEqual(selection.choose(scene(), Uint32Array.of(3), 'add'), Int32Array.of(14));
  });

  it('takes away from all points where none are selected', () => {
    assert.deepEqual(new MapSelection().choose(scene(), Uint32Array.of(1), 'remove'), Int32Array.of(11, 13, 14));
  });

  it('is a rectangle between where it began and where the pointer is', () => {
    const selection = new MapSelection();
    for (const corner of [-1, 3, 2]) selection.stretch(corner, corner);
    assert.deepEqual(selection.outline, [-1, -1, 2, -1, 2, 2, -1, 2]);
    assert.deepEqual(selection.finish(scene()), Int32Array.of(11, 12));
  });

  it('is cleared by a lasso around nothing', () => {
    const selection = new MapSelection();
    draw(selection, [2, 0, 3, 0, 3, 1]);
    assert.equal(selection.finish(scene()), null);
    assert.equal(selection.outline, null);
    assert.equal(selection.preview, null);
  });

  it('does not lose a lasso that is being drawn to a mask that arrives', () => {
    const selection = new MapSelection();
    draw(selection, AROUND_FIRST_TWO);
    selection.maskArrived();
    assert.deepEqual(selection.outline, AROUND_FIRST_TWO);
  });

  it('takes all that is in view', () => {
    const camera = new Camera();
    camera.resize(400, 400);
    camera.show(scene().bounds);
    assert.equal(new MapSelection().finishView(scene(), camera)?.length, 4);
    camera.zoomAt(4, ...camera.toScreen(6, 6));
    assert.deepEqual(new MapSelection().finishView(scene(), camera)?.toSorted(), Int32Array.from([13, 14]));
  });
});

describe('the scene of the map', () => {
  it('draws every point once, in a mixed order that stays the same', () => {
    const order = drawingOrder(1000);
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(1000).keys()],
    );
    assert.deepEqual(drawingOrder(1000), order);
    const firstHalf = order.filter((point, i) => i < 500 && point < 500).length;
    assert.ok(firstHalf > 200 && firstHalf < 300, `a prefix is a fair sample, not ${firstHalf}`);
  });

  it('keeps places, categories and states of a point together', () => {
    const made = scene();
    const drawn = made.drawn();
    const states = made.drawnStates(Uint8Array.from([0, 0, 1, 0]));
    const at = [...drawn.categories].indexOf(255);
    assert.deepEqual([drawn.xy[2 * at], drawn.xy[2 * at + 1]], [5, 5]);
    assert.deepEqual(
      [...states.keys()].filter((i) => states[i] === 1),
      [at],
    );
    assert.deepEqual([...made.drawnStates(null)], [1, 1, 1, 1]);
  });

  it('takes over the index when only colours changed', () => {
    const first = scene();
    const index = first.index;
    const recolored = new MapScene({ ...first.points, labels: ['x'], categories: new Uint8Array(4) }, first);
    assert.equal(recolored.index, index);
    assert.equal(recolored.labelOf(0), 'x');
    assert.equal(first.labelOf(2), null);
    const moved = new MapScene({ ...first.points, xy: new Float32Array(8) }, first);
    assert.notEqual(moved.index, index);
  });
});
