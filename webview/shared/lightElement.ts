import { LitElement } from 'lit';

/** A component that renders into itself, so that the view's style sheet and the codicon font reach its content. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
