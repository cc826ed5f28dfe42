import assert from 'node:assert/strict';
import { Camera } from '../../../../webview/panel/map/camera';
import { placeLabels } from '../../../../webview/panel/map/mapLabels';

function camera(): Camera {
  const made = new Camera();
  made.resize(456, 456);
  made.show({ minX: 0, minY: 0, maxX: 100, maxY: 100 });
  return made;
}
const widthOf = (text: string) => 7 * text.length;
const names = (labels: Parameters<typeof placeLabels>[0], view = camera()) =>
  placeLabels(labels, view, widthOf).map(({ name }) => name);

describe('names on the map', () => {
  it('never overlap, and the first ones have the right of way', () => {
    const labels = Array.from({ length: 200 }, (_, i) => ({
      name: `cluster ${i}`,
      x: (i * 37) % 100,
      y: (i * 61) % 100,
    }));
    const placed = placeLabels(labels, camera(), widthOf);
    assert.equal(placed[0].name, 'cluster 0');
    assert.ok(placed.length > 10 && placed.length < 200);
    placed.forEach((a, i) =>
      placed.slice(0, i).forEach((b) => {
        const across = Math.abs(a.x - b.x) < (widthOf(a.name) + widthOf(b.name)) / 2;
        assert.ok(!across || Math.abs(a.y - b.y) >= 12, `${a.name} on ${b.name}`);
      }),
    );
  });

  it('are there only in view, and there as a whole', () => {
    const far = camera();
    far.zoomAt(4, 28, 428);
    assert.deepEqual(
      names(
        [
          { name: 'near', x: 0, y: 0 },
          { name: 'away', x: 90, y: 90 },
        ],
        far,
      ),
      ['near'],
    );
    const [edge] = placeLabels([{ name: 'at the edge', x: 100, y: 50 }], camera(), () => 200);
    assert.ok(edge.x + 100 <= 456);
  });

  it('are shortened when very long', () => {
    const [name] = names([{ name: 'a'.repeat(60), x: 50, y: 50 }]);
    assert.ok(name.length <= 28 && name.endsWith('…'));
  });
});
