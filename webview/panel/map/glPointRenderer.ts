import type { Bounds, Camera } from './camera';
import { linkProgram } from './glProgram';
import type { DrawnPoints, DrawStyle, PointRenderer } from './pointRenderer';

const POSITION = 0;
const CATEGORY = 1;
const STATE = 2;

const VERTEX = `#version 300 es
layout(location = ${POSITION}) in vec2 position;
layout(location = ${CATEGORY}) in uint category;
layout(location = ${STATE}) in uint state;
uniform vec4 view;
uniform float size;
uniform vec2 opacity;
uniform highp sampler2D palette;
flat out vec4 color;
void main() {
  bool passes = state == 1u;
  // dimmed points lie behind the others, whatever the drawing order is
  gl_Position = vec4(position * view.xy + view.zw, passes ? 0.0 : 0.5, 1.0);
  gl_PointSize = passes ? size : max(1.0, size * 0.8);
  color = vec4(texelFetch(palette, ivec2(int(category), 0), 0).rgb, passes ? opacity.x : opacity.y);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 color;
uniform float size;
uniform float rim;
out vec4 pixel;
void main() {
  float cover = 1.0;
  float shade = 1.0;
  if (size > 2.5) {
    float fromEdge = (0.5 - length(gl_PointCoord - 0.5)) * size;
    cover = clamp(fromEdge + 0.5, 0.0, 1.0);
    if (cover <= 0.0) discard;
    shade = mix(1.0 - rim, 1.0, clamp(fromEdge - 0.5, 0.0, 1.0));
  }
  float alpha = color.a * cover;
  pixel = vec4(color.rgb * shade * alpha, alpha);
}`;

/** A darker edge tells points of one colour apart where they overlap; small ones have no room for it. */
const RIM_FROM_PIXELS = 5;

/** Draws points with WebGL 2: static buffers of places and categories, one byte of state each, a palette texture. */
export class GlPointRenderer implements PointRenderer {
  readonly capacity = Infinity;
  private readonly uniforms: Readonly<Record<'view' | 'size' | 'opacity' | 'rim', WebGLUniformLocation | null>>;
  private readonly states: WebGLBuffer;
  private readonly positions: WebGLBuffer;
  private readonly categories: WebGLBuffer;
  private count = 0;
  private bounds: Bounds = { minX: 0, minY: 0, maxX: 1, maxY: 1 };

  /** The context of a canvas, or null where WebGL 2 is missing or switched off. */
  static contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
    return canvas.getContext('webgl2', { antialias: false, alpha: true, depth: true, premultipliedAlpha: true });
  }

  /** After a context was lost and restored, make a new renderer on it. */
  constructor(private readonly gl: WebGL2RenderingContext) {
    const program = linkProgram(gl, VERTEX, FRAGMENT);
    gl.useProgram(program);
    const at = (name: string) => gl.getUniformLocation(program, name);
    this.uniforms = { view: at('view'), size: at('size'), opacity: at('opacity'), rim: at('rim') };
    gl.uniform1i(at('palette'), 0);
    gl.bindVertexArray(gl.createVertexArray());
    this.positions = gl.createBuffer();
    this.categories = gl.createBuffer();
    this.states = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.positions);
    gl.vertexAttribPointer(POSITION, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.categories);
    gl.vertexAttribIPointer(CATEGORY, 1, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.states);
    gl.vertexAttribIPointer(STATE, 1, gl.UNSIGNED_BYTE, 0, 0);
    for (const attribute of [POSITION, CATEGORY, STATE]) gl.enableVertexAttribArray(attribute);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.clearColor(0, 0, 0, 0);
  }

  setPoints({ count, xy, categories, bounds }: DrawnPoints): void {
    const { gl } = this;
    // in the middle of the map and its extent, 32-bit floats stay exact enough for the deepest zoom
    const centred = new Float32Array(count * 2);
    const [middleX, middleY] = middle(bounds);
    for (let i = 0; i < count * 2; i += 2) {
      centred[i] = xy[i] - middleX;
      centred[i + 1] = xy[i + 1] - middleY;
    }
    this.count = count;
    this.bounds = bounds;
    this.upload(this.positions, centred, gl.STATIC_DRAW);
    this.setCategories(categories);
  }

  setCategories(categories: Uint8Array): void {
    this.upload(this.categories, categories, this.gl.STATIC_DRAW);
  }

  setStates(states: Uint8Array): void {
    this.upload(this.states, states, this.gl.DYNAMIC_DRAW);
  }

  setPalette(bytes: Uint8Array): void {
    const { gl } = this;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  }

  draw(camera: Camera, style: DrawStyle): void {
    const { gl, uniforms } = this;
    const [middleX, middleY] = middle(this.bounds);
    const scaleX = (2 * camera.scale) / camera.width;
    const scaleY = (2 * camera.scale) / camera.height;
    const size = Math.max(1, style.size * style.pixelRatio);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.uniform4f(uniforms.view, scaleX, scaleY, (middleX - camera.x) * scaleX, (middleY - camera.y) * scaleY);
    gl.uniform1f(uniforms.size, size);
    gl.uniform2f(uniforms.opacity, style.opacity, style.dimmedOpacity);
    gl.uniform1f(uniforms.rim, size >= RIM_FROM_PIXELS ? 0.45 : 0);
    gl.drawArrays(gl.POINTS, 0, Math.min(this.count, style.limit));
  }

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  private upload(buffer: WebGLBuffer, data: Float32Array | Uint8Array, usage: GLenum): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, usage);
  }
}

function middle({ minX, minY, maxX, maxY }: Bounds): [number, number] {
  return [(minX + maxX) / 2, (minY + maxY) / 2];
}
