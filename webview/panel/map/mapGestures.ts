import type { SelectionMode } from './mapSelection';

export type MapTool = 'pan' | 'lasso' | 'rectangle';
export type LassoShape = 'lasso' | 'rectangle';

/** Places are CSS pixels from the top left of the surface. */
export interface GestureHandlers {
  tool(): MapTool;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** The pointer is here and no button is down; null when it left. */
  hover(place: readonly [number, number] | null): void;
  click(x: number, y: number): void;
  /** A lasso, or a rectangle, begins or grows. */
  lassoPoint(x: number, y: number, shape: LassoShape): void;
  lassoEnd(mode: SelectionMode): void;
  lassoCancel(): void;
}

type Mode = 'none' | 'press' | 'pan' | 'lasso' | 'pinch';

/** A press that moves less than this is a click. */
const CLICK_SLACK = 4;
/** Lasso corners closer than this are not worth having. */
const LASSO_STEP = 2;
/** Pixels of wheel movement that zoom by a factor of e. */
const WHEEL_PIXELS = 320;
const LINE_PIXELS = 16;
const PINCH_GAIN = 4;

/** Tells drags, clicks, lassos, wheel turns and two-finger pinches apart on the map's surface. */
export class MapGestures {
  private mode: Mode = 'none';
  private wantsLasso = false;
  private shape: LassoShape = 'lasso';
  private last: readonly [number, number] = [0, 0];
  private readonly pointers = new Map<number, readonly [number, number]>();

  constructor(
    private readonly surface: HTMLElement,
    private readonly handlers: GestureHandlers,
  ) {
    surface.addEventListener('pointerdown', (event) => this.down(event));
    surface.addEventListener('pointermove', (event) => this.move(event));
    surface.addEventListener('pointerup', (event) => this.up(event));
    surface.addEventListener('pointercancel', (event) => this.cancel(event));
    surface.addEventListener('pointerleave', () => {
      if (this.mode === 'none') handlers.hover(null);
    });
    surface.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  get isDrawing(): boolean {
    return this.mode === 'lasso';
  }

  /** Gives up a lasso that is being drawn; the rest of the drag does nothing. */
  cancelLasso(): void {
    if (this.mode !== 'lasso') return;
    this.mode = 'none';
    this.handlers.lassoCancel();
  }

  private place(event: MouseEvent): readonly [number, number] {
    const box = this.surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    if (event.button === 1) event.preventDefault(); // no autoscroll
    this.surface.setPointerCapture(event.pointerId);
    const place = this.place(event);
    this.pointers.set(event.pointerId, place);
    if (this.pointers.size === 2) {
      this.cancelLasso();
      this.mode = 'pinch';
      return;
    }
    this.mode = 'press';
    this.last = place;
    this.wantsLasso = event.button === 0 && (event.shiftKey || this.handlers.tool() !== 'pan');
    this.shape = this.handlers.tool() === 'rectangle' ? 'rectangle' : 'lasso';
    this.handlers.hover(null);
  }

  private move(event: PointerEvent): void {
    const place = this.place(event);
    if (this.pointers.size === 0) {
      this.handlers.hover(place);
      return;
    }
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    if (this.mode === 'pinch') this.pinch(event.pointerId, before, place);
    this.pointers.set(event.pointerId, place);
    const distance = Math.hypot(place[0] - this.last[0], place[1] - this.last[1]);
    if (this.mode === 'press' && distance >= CLICK_SLACK) {
      this.mode = this.wantsLasso ? 'lasso' : 'pan';
      if (this.wantsLasso) this.handlers.lassoPoint(...this.last, this.shape);
    }
    if (this.mode === 'pan') this.handlers.pan(place[0] - this.last[0], place[1] - this.last[1]);
    if (this.mode === 'lasso' && distance >= LASSO_STEP) this.handlers.lassoPoint(...place, this.shape);
    if (this.mode === 'pan' || (this.mode === 'lasso' && distance >= LASSO_STEP)) this.last = place;
  }

  private up(event: PointerEvent): void {
    if (!this.pointers.delete(event.pointerId)) return;
    const { mode } = this;
    this.mode = 'none';
    if (mode === 'press' && event.button === 0) this.handlers.click(...this.place(event));
    if (mode === 'lasso') this.handlers.lassoEnd(this.selectionMode(event));
  }

  /** Shift, which draws a lasso whatever the tool is, adds where the tool is one anyway. */
  private selectionMode({ altKey, ctrlKey, metaKey, shiftKey }: PointerEvent): SelectionMode {
    if (altKey) return 'remove';
    return ctrlKey || metaKey || (shiftKey && this.handlers.tool() !== 'pan') ? 'add' : 'replace';
  }

  private cancel(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    this.cancelLasso();
    this.mode = 'none';
  }

  private pinch(id: number, before: readonly [number, number], now: readonly [number, number]): void {
    const other = [...this.pointers].find(([pointer]) => pointer !== id)?.[1];
    if (!other) return;
    const middle = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2] as const;
    const spread = (place: readonly [number, number]) => Math.hypot(place[0] - other[0], place[1] - other[1]);
    this.handlers.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    if (spread(before) > 0) this.handlers.zoom(spread(now) / spread(before), ...middle);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? LINE_PIXELS
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? this.surface.clientHeight
          : 1;
    // trackpads report a pinch as small wheel turns with Control
    const turned = event.deltaY * unit * (event.ctrlKey ? PINCH_GAIN : 1);
    this.handlers.zoom(Math.exp(-turned / WHEEL_PIXELS), ...this.place(event));
  }
}
