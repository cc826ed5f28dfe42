import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { MapTool } from './mapGestures';

export interface MapControlActions {
  useTool(tool: MapTool): void;
  zoom(factor: number): void;
  fit(): void;
  toggleDensity(): void;
}

// Drawn here and not from the codicon font: its classes do not reach into a shadow root.
const ICONS = {
  pan: svg`<path d="M8 1.5v13M1.5 8h13M8 1.5 6 3.6M8 1.5l2 2.1M8 14.5l-2-2.1M8 14.5l2-2.1M1.5 8l2.1-2M1.5 8l2.1 2M14.5 8l-2.1-2M14.5 8l-2.1 2"/>`,
  lasso: svg`<path stroke-dasharray="2.2 1.7" d="M4.6 12.4C1.6 10.6 1.8 6 5 4s8.2-1.7 8.8 2-2.9 5-5 6.2-3.1 1-4.2.2Z"/>`,
  rectangle: svg`<path stroke-dasharray="2.2 1.7" d="M2.5 3.5h11v9h-11Z"/>`,
  density: svg`<path d="M8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8ZM8 4C5.6 4 4 5.7 4 8s1.6 4 4 4 4-1.7 4-4-1.6-4-4-4ZM8 1.5C4 1.5 1.5 4.2 1.5 8S4 14.5 8 14.5s6.5-2.7 6.5-6.5S12 1.5 8 1.5Z"/>`,
  closer: svg`<path d="M8 3v10M3 8h10"/>`,
  farther: svg`<path d="M3 8h10"/>`,
  fit: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>`,
} as const;

/** Buttons over the map for what the mouse and the keyboard do too. */
export function mapControls(tool: MapTool, showsDensity: boolean, actions: MapControlActions): TemplateResult {
  return html`<div class="controls" role="toolbar" aria-label="Map" aria-orientation="vertical">
    ${button('Move the map (drag)', ICONS.pan, () => actions.useTool('pan'), tool === 'pan')}
    ${button('Lasso: select by drawing around points (L, or drag with Shift)', ICONS.lasso, () => actions.useTool('lasso'), tool === 'lasso')}
    ${button('Rectangle: select by dragging across points (R)', ICONS.rectangle, () => actions.useTool('rectangle'), tool === 'rectangle')}
    <span class="gap"></span>
    ${button('Zoom in (+)', ICONS.closer, () => actions.zoom(1.6))}
    ${button('Zoom out (-)', ICONS.farther, () => actions.zoom(1 / 1.6))}
    ${button('Show the whole map (0)', ICONS.fit, () => actions.fit())}
    <span class="gap"></span>
    ${button('Density in place of points (D)', ICONS.density, () => actions.toggleDensity(), showsDensity)}
  </div>`;
}

function button(label: string, icon: SVGTemplateResult, run: () => void, pressed?: boolean): TemplateResult {
  const isPressed = pressed === undefined ? nothing : pressed ? 'true' : 'false';
  return html`<button type="button" title=${label} aria-label=${label} aria-pressed=${isPressed} @click=${run}>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${icon}</svg>
  </button>`;
}
