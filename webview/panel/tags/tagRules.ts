import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { icon, iconButton } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import { StateWatch } from '../../shared/stateWatch';
import { readOnlyWords } from '../datasetWords';
import type { PanelTab } from '../panelTab';
import { readFailure } from './readFailure';
import './ruleForm';

type Rules = Awaited<ReturnType<Client<HostApi>['tagRules']>>;
type Kind = 'alias' | 'implication';

/** Other names of tags, and tags that bring others along. */
@customElement('datavisor-tag-rules')
export class TagRules extends LightElement implements PanelTab {
  connection!: HostConnection;
  private readonly watch = new StateWatch();
  @state() private rules: Rules | undefined;
  @state() private loadFailure: unknown;
  /** Why the last change of this kind was refused. */
  @state() private problems: Readonly<Record<Kind, string | null>> = { alias: null, implication: null };

  private readonly query = new FreshQuery(
    (signal) => this.connection.host.tagRules(null, { signal }),
    (rules) => {
      this.rules = rules;
      this.loadFailure = undefined;
    },
    (error) => {
      this.loadFailure = error;
      this.connection.reportError(error);
    },
  );

  receive(view: ViewState, revision: number): void {
    const { activeChanged, revisionRose } = this.watch.receive(view, revision);
    if (activeChanged) {
      this.rules = undefined;
      this.query.restart();
    } else if (revisionRose) this.query.refresh();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { rules, loadFailure } = this;
    if (loadFailure !== undefined) {
      return readFailure('Aliases and implications could not be read', loadFailure, () => this.retry());
    }
    if (!rules) return html`<div class="skeleton table-wait" role="status" aria-label="Loading"></div>`;
    const readOnly = readOnlyWords(this.watch.state);
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
    return this.rules?.implications.find((rule) => rule.tag === tag)?.implies ?? [];
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

  private retry(): void {
    this.loadFailure = undefined;
    this.query.restart();
  }
}
