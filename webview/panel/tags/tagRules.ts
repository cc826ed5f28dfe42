import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { errorText } from '../../shared/errorText';
import { icon, iconButton } from '../../shared/icon';
import './ruleForm';
import { TagsPart } from './tagsPart';

type Rules = Awaited<ReturnType<Client<HostApi>['tagRules']>>;
type Kind = 'alias' | 'implication';

/** Other names of tags, and tags that bring others along. */
@customElement('datavisor-tag-rules')
export class TagRules extends TagsPart<Rules> {
  /** Why the last change of this kind was refused. */
  @state() private problems: Readonly<Record<Kind, string | null>> = { alias: null, implication: null };

  protected override ask(signal: AbortSignal): Promise<Rules> {
    return this.connection.host.tagRules(null, { signal });
  }

  protected override render(): TemplateResult {
    return this.renderAnswer('Aliases and implications', (rules) => this.renderRules(rules));
  }

  private renderRules(rules: Rules): TemplateResult {
    const { readOnly } = this;
    return html`${readOnly === null ? nothing : html`<p class="section-remark">${readOnly}</p>`}
      <div class="rules">
        ${this.renderAliases(rules, readOnly !== null)} ${this.renderImplications(rules, readOnly !== null)}
      </div>`;
  }

  private renderAliases({ aliases }: Rules, disabled: boolean): TemplateResult {
    return html`<section class="rule-part" aria-labelledby="rules-aliases">
      <h3 id="rules-aliases">Aliases</h3>
      <p class="muted">An alias is another name of a tag: whoever says it, a model or a person, means the tag.</p>
      ${
        disabled
          ? nothing
          : html`<datavisor-rule-form
              .words=${{ first: 'Alias', second: 'Means the tag', button: 'Add Alias' }}
              .firstIsNew=${true}
              .problem=${this.problems.alias}
              .suggest=${this.suggest}
              .add=${(alias: string, tag: string) => this.setAlias(alias, tag)}
            ></datavisor-rule-form>`
      }
      ${
        aliases.length === 0
          ? html`<p class="rule-none">No aliases yet.</p>`
          : html`<table class="table">
              <thead>
                <tr>
                  <th scope="col">Alias</th>
                  <th scope="col">Means</th>
                  <th scope="col"><span class="visually-hidden">Remove</span></th>
                </tr>
              </thead>
              <tbody>
                ${aliases.map(
                  ({ alias, tag }) =>
                    html`<tr>
                      <th scope="row">${alias}</th>
                      <td>${tag}</td>
                      <td class="table-end">
                        ${disabled ? nothing : iconButton('trash', `Remove alias ${alias}`, () => void this.setAlias(alias, null))}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }

  private renderImplications({ implications }: Rules, disabled: boolean): TemplateResult {
    return html`<section class="rule-part" aria-labelledby="rules-implications">
      <h3 id="rules-implications">Implications</h3>
      <p class="muted">
        A tag brings others along: an image with “car” has “vehicle” too. What comes along is no longer suggested beside
        it.
      </p>
      ${
        disabled
          ? nothing
          : html`<datavisor-rule-form
              .words=${{ first: 'Tag', second: 'Brings along', button: 'Add Implication' }}
              .problem=${this.problems.implication}
              .suggest=${this.suggest}
              .add=${(tag: string, other: string) => this.addImplication(tag, other)}
            ></datavisor-rule-form>`
      }
      ${
        implications.length === 0
          ? html`<p class="rule-none">No implications yet.</p>`
          : html`<table class="table">
              <thead>
                <tr>
                  <th scope="col">Tag</th>
                  <th scope="col">Brings along</th>
                </tr>
              </thead>
              <tbody>
                ${implications.map(
                  ({ tag, implies }) =>
                    html`<tr>
                      <th scope="row">${tag}</th>
                      <td>
                        <ul class="rule-tags" aria-label="Brought along by ${tag}">
                          ${implies.map((other) => this.renderImplied(tag, other, disabled))}
                        </ul>
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }

  private renderImplied(tag: string, other: string, disabled: boolean): TemplateResult {
    return html`<li class="rule-tag">
      <span class="tag">${other}</span>
      ${
        disabled
          ? nothing
          : html`<button
              type="button"
              class="icon-button"
              title="${tag} no longer brings ${other} along"
              aria-label="${tag} no longer brings ${other} along"
              @click=${() => void this.dropImplication(tag, other)}
            >
              ${icon('close')}
            </button>`
      }
    </li>`;
  }

  private readonly suggest = (text: string) => this.connection.host.suggestTags({ text, limit: 10 });

  private setAlias(alias: string, tag: string | null): Promise<boolean> {
    const outcome = tag === null ? `The alias “${alias}” is gone.` : `“${alias}” means “${tag}” from now on.`;
    return this.change('alias', () => this.connection.host.setAlias({ alias, tag }), outcome);
  }

  private addImplication(tag: string, other: string): Promise<boolean> {
    const implies = [...new Set([...this.impliedBy(tag), other])];
    const change = () => this.connection.host.setImplications({ tag, implies });
    return this.change('implication', change, `“${tag}” brings “${other}” along.`);
  }

  private dropImplication(tag: string, other: string): Promise<boolean> {
    const implies = this.impliedBy(tag).filter((name) => name !== other);
    const change = () => this.connection.host.setImplications({ tag, implies });
    return this.change('implication', change, `“${tag}” no longer brings “${other}” along.`);
  }

  private impliedBy(tag: string): readonly string[] {
    return this.answer?.implications.find((rule) => rule.tag === tag)?.implies ?? [];
  }

  /** @returns whether it was done; why not is shown where it was asked for */
  private async change(kind: Kind, change: () => Promise<unknown>, outcome: string): Promise<boolean> {
    this.problems = { ...this.problems, [kind]: null };
    try {
      await change();
    } catch (error) {
      this.problems = { ...this.problems, [kind]: errorText(error) };
      this.connection.reportError(error);
      return false;
    }
    announce(outcome);
    this.query.refresh();
    return true;
  }
}
