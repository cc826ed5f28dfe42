import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

/** Names as in CSS ("width", "--accent"); null takes a property back. */
type Properties = Readonly<Record<string, string | null>>;

class StyledDirective extends Directive {
  private set: Properties = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() belongs on an element, not in an attribute');
  }

  override render(_properties: Properties): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Properties]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys(this.set)) if (!(name in properties)) style.removeProperty(name);
    for (const [name, value] of Object.entries(properties)) {
      if (this.set[name] !== value) style.setProperty(name, value);
    }
    this.set = properties;
    return noChange;
  }
}

/**
 * Sets style properties through the object model. Lit's own styleMap writes a style attribute at first, which the
 * page's content security policy forbids.
 */
export const styled = directive(StyledDirective);
