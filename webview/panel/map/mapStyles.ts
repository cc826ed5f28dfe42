import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 120px;
    overflow: hidden;
    background: var(--vscode-editor-background);
    color: var(--vscode-editor-foreground);
  }
  .surface {
    position: absolute;
    inset: 0;
    cursor: grab;
    touch-action: none;
    user-select: none;
    outline: none;
  }
  .surface:active {
    cursor: grabbing;
  }
  .surface.lasso {
    cursor: crosshair;
  }
  .surface.on-point {
    cursor: pointer;
  }
  .surface:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 1px solid var(--vscode-focusBorder);
    pointer-events: none;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .controls {
    position: absolute;
    top: 8px;
    inset-inline-end: 8px;
    display: flex;
    flex-direction: column;
    padding: 2px;
    background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 5px;
  }
  .controls .gap {
    height: 1px;
    margin: 2px 3px;
    background: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, currentColor));
    opacity: 0.6;
  }
  .controls button {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    padding: 0;
    color: var(--vscode-icon-foreground, inherit);
    background: none;
    border: 1px solid transparent;
    border-radius: 4px;
    cursor: pointer;
  }
  .controls svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .controls button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
    outline-offset: -1px;
  }
  .controls button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, transparent);
  }
  .controls button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .count,
  .notice {
    position: absolute;
    inset-inline-start: 8px;
    bottom: 8px;
    max-width: calc(100% - 16px);
    box-sizing: border-box;
    margin: 0;
    padding: 2px 8px;
    background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 5px;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  .notice {
    top: 8px;
    bottom: auto;
    max-width: calc(100% - 60px);
    color: var(--vscode-descriptionForeground);
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
