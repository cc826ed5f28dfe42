// The page that `mapFrames.mjs` measures: the panel's own map, or bare WebGL 2 points, both of the same points.
import { MapView } from '../../webview/panel/map/mapView';
import type { DensityMode } from '../../webview/panel/map/mapPainter';

const LABELS = ['dark', 'dim', 'normal', 'bright'];
const CROWDS = 24;
const PAN_FRAMES = 15;

interface Frames {
  /** Milliseconds from handing over the points until the first picture is there. */
  readonly first: number;
  /** Median of the milliseconds of a frame while the map moves. */
  readonly pan: number;
}

/** Crowds on a spiral, the same for the same count. */
function makePoints(count: number) {
  let state = 5;
  const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 4294967296;
  const xy = new Float32Array(2 * count);
  const categories = new Uint8Array(count);
  for (let point = 0; point < count; point++) {
    const crowd = point % CROWDS;
    const radius = 0.45 * Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    xy[2 * point] = Math.sqrt(crowd) * Math.cos(2.4 * crowd) + radius * Math.cos(angle);
    xy[2 * point + 1] = Math.sqrt(crowd) * Math.sin(2.4 * crowd) + radius * Math.sin(angle);
    categories[point] = crowd % LABELS.length;
  }
  return { xy, categories };
}

const nextFrame = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => resolve());
  });

/** Waits until everything that was drawn is there. */
function settle(contexts: readonly (WebGL2RenderingContext | CanvasRenderingContext2D)[]): void {
  for (const context of contexts) {
    if (context instanceof WebGL2RenderingContext) {
      context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
    } else context.getImageData(0, 0, 1, 1);
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

async function panFrames(step: (frame: number) => void, contexts: Parameters<typeof settle>[0]): Promise<number> {
  const times: number[] = [];
  for (let frame = 0; frame < PAN_FRAMES; frame++) {
    await nextFrame();
    const started = performance.now();
    step(frame);
    await nextFrame();
    settle(contexts);
    times.push(performance.now() - started);
  }
  return median(times);
}

async function ours(count: number, density: DensityMode): Promise<Frames> {
  const { xy, categories } = makePoints(count);
  const ids = Int32Array.from({ length: count }, (_, i) => i + 1);
  const map = new MapView();
  map.density = density;
  document.body.append(map);
  await map.updateComplete;
  await nextFrame();
  const canvases = [...(map.shadowRoot?.querySelectorAll('canvas') ?? [])];
  const contexts = canvases.flatMap((canvas) => canvas.getContext('webgl2') ?? canvas.getContext('2d') ?? []);
  const started = performance.now();
  map.points = { ids, xy, categories, labels: LABELS };
  await map.updateComplete;
  await nextFrame();
  settle(contexts);
  const first = performance.now() - started;
  const surface = map.shadowRoot?.querySelector('.surface');
  const pan = await panFrames((frame) => {
    const key = frame % 2 === 0 ? 'ArrowRight' : 'ArrowLeft';
    surface?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }, contexts);
  return { first, pan };
}

const VERTEX = `#version 300 es
layout(location = 0) in vec2 place;
layout(location = 1) in uint category;
uniform vec3 view;
flat out vec4 color;
void main() {
  gl_Position = vec4(place * view.z + view.xy, 0.0, 1.0);
  gl_PointSize = 1.3;
  color = vec4(vec3(category == 0u, category == 1u, category >= 2u), 0.6);
}`;
const FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 color;
out vec4 pixel;
void main() { pixel = color; }`;

/** Nothing but the points: one program, two buffers, one call. */
async function bare(count: number): Promise<Frames> {
  const { xy, categories } = makePoints(count);
  const canvas = document.createElement('canvas');
  canvas.width = document.body.clientWidth;
  canvas.height = document.body.clientHeight;
  document.body.append(canvas);
  const gl = canvas.getContext('webgl2', { antialias: false });
  if (!gl) throw new Error('no WebGL 2');
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('no shader');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  const view = gl.getUniformLocation(program, 'view');
  const draw = (x: number) => {
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform3f(view, x, 0, 0.17);
    gl.drawArrays(gl.POINTS, 0, count);
  };
  await nextFrame();
  const started = performance.now();
  for (const [at, data] of [xy, categories].entries()) {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(at);
    if (at === 0) gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    else gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_BYTE, 0, 0);
  }
  await nextFrame();
  draw(0);
  settle([gl]);
  const first = performance.now() - started;
  let x = 0;
  const tick = () => draw(x);
  const pan = await panFrames(
    (frame) => {
      x = frame % 2 === 0 ? 0.24 : 0;
      requestAnimationFrame(tick);
    },
    [gl],
  );
  return { first, pan };
}

Object.assign(window, { ours, bare });
