import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { announce } from '../../shared/announcer';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureNotice } from '../../shared/notice';
import { centredNotice } from '../centred';
import { changeRule } from '../policy/policyRules';
import type { ScoreCounts } from '../policy/scoreCounts';
import { orderAfterClick, type AcceptanceRow, type RateOrder } from './rateTable';
import { rateTable } from './rateTableView';
import { scoreHistogram } from './scoreHistogram';

/** Dispatched when a threshold was put in force: other suggestions are to be reviewed. */
const POLICY_CHANGED = 'policy-changed';

/** How the suggestions of each model and tag turned out, and what another threshold would make of the stored scores. */
@customElement('datavisor-acceptance')
export class AcceptancePanel extends LightElement {
  @property({ attribute: false }) connection!: HostConnection;
  /** Only this tag's rows, and those of this provider; null: all. */
  @property({ attribute: false }) tag: string | null = null;
  @property({ attribute: false }) provider: string | null = null;
  @property({ attribute: false }) filtered = false;
  /** Of the data; another one has it asked for again. */
  @property({ attribute: false }) revision = 0;
  @state() private rows: readonly AcceptanceRow[] | undefined;
  @state() private order: RateOrder = { by: 'undecided', descending: true };
  @state() private chosenKey: string | null = null;
  /** Scores of the whole dimension, which is what a threshold holds for. */
  @state() private wholeDimension = false;
  @state() private scores: ScoreCounts | undefined;
  /** Null: the one in force. */
  @state() private threshold: number | null = null;
  @state() private failure: string | null = null;

  private readonly rowsQuery = new FreshQuery<AcceptanceRow[]>(
    (signal) => this.connection.host.acceptance(null, { signal }),
    (rows) => {
      this.rows = rows;
      this.failure = null;
      this.askScores();
    },
    (error) => this.failed(error),
  );
  private readonly scoresQuery = new FreshQuery<ScoreCounts | undefined>(
    async (signal) => {
      const { chosen, filtered } = this;
      if (!chosen) return undefined;
      const tag = this.wholeDimension ? null : chosen.tag;
      const { dimension, provider } = chosen;
      return this.connection.host.scores({ provider: provider.name, dimension, tag, filtered }, { signal });
    },
    (scores) => (this.scores = scores),
    (error) => this.failed(error),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rowsQuery.stop();
    this.scoresQuery.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tag') || changed.has('provider')) {
      this.chosenKey = null;
      this.forgetScores();
    }
    if (changed.has('revision')) this.rowsQuery.refresh();
    else if (changed.size > 0 && (changed.has('tag') || changed.has('provider') || changed.has('filtered'))) {
      this.askScores();
    }
  }

  protected override render(): TemplateResult {
    if (this.failure !== null) {
      return failureNotice('The rates could not be read', this.failure, () => this.rowsQuery.restart());
    }
    if (!this.rows) return html`<div class="skeleton review-wait" role="status" aria-label="Loading"></div>`;
    const { shown } = this;
    if (shown.length === 0) {
      return centredNotice({
        icon: 'graph',
        title: 'No rates yet',
        text: 'They appear here once models have suggested tags. Run Auto-Tag, or choose another tag or model.',
      });
    }
    return html`<div class="acceptance">
      ${this.renderThreshold()}
      <div class="rates-scroll" tabindex="0" role="region" aria-label="Acceptance rates">
        ${rateTable(
          { rows: shown, order: this.order, chosen: this.chosen },
          (column) => (this.order = orderAfterClick(this.order, column)),
          (row) => this.choose(row),
        )}
      </div>
    </div>`;
  }

  private renderThreshold(): TemplateResult | typeof nothing {
    const { chosen, scores } = this;
    if (!chosen) return nothing;
    const { dimension, provider } = chosen;
    const subject = this.wholeDimension ? `all of ${dimension}` : chosen.tag;
    const threshold = this.threshold ?? Math.round(chosen.threshold);
    const isInForce = threshold === Math.round(chosen.threshold);
    return html`<section class="acceptance-threshold" aria-labelledby="scores-of">
      <h3 id="scores-of">Scores of ${subject} by ${provider.title}</h3>
      <label class="check">
        <input
          type="checkbox"
          .checked=${this.wholeDimension}
          @change=${(event: Event) => this.showWhole((event.target as HTMLInputElement).checked)}
        />
        All tags of ${dimension}, which the threshold holds for
      </label>
      ${
        scores
          ? scoreHistogram(
              { of: `${subject} by ${provider.title}`, scores, threshold },
              (moved) => (this.threshold = moved),
            )
          : html`<div class="skeleton histogram-wait" role="status" aria-label="Loading scores"></div>`
      }
      <p>
        <vscode-button
          ?disabled=${isInForce}
          aria-disabled=${isInForce ? 'true' : 'false'}
          @click=${() => this.useThreshold(chosen, threshold)}
          >Use This Threshold</vscode-button
        >
        <span class="muted">
          ${isInForce ? 'It is in force' : `${Math.round(chosen.threshold)} % is in force`} for ${dimension} by
          ${provider.title}.
        </span>
      </p>
    </section>`;
  }

  private get shown(): AcceptanceRow[] {
    const { tag, provider } = this;
    return (this.rows ?? []).filter(
      (row) => (tag === null || row.tag === tag) && (provider === null || row.provider.name === provider),
    );
  }

  private get chosen(): AcceptanceRow | null {
    const { shown } = this;
    return shown.find((row) => keyOf(row) === this.chosenKey) ?? shown[0] ?? null;
  }

  private choose(row: AcceptanceRow): void {
    this.chosenKey = keyOf(row);
    this.forgetScores();
    this.askScores();
  }

  private showWhole(whole: boolean): void {
    this.wholeDimension = whole;
    this.scores = undefined;
    this.askScores();
  }

  private forgetScores(): void {
    this.threshold = null;
    this.scores = undefined;
  }

  private askScores(): void {
    if (this.rows) this.scoresQuery.restart();
  }

  private useThreshold({ provider, dimension }: AcceptanceRow, threshold: number): void {
    const { host } = this.connection;
    host
      .policy(null)
      .then(({ rules, maxTags }) =>
        host.setPolicy({ rules: changeRule(rules, provider.name, dimension, { threshold }), maxTags }),
      )
      .then(
        () => {
          this.threshold = null;
          announce(`Threshold of ${dimension} by ${provider.title} is ${threshold} % now.`);
          this.rowsQuery.refresh();
          this.dispatchEvent(new CustomEvent(POLICY_CHANGED));
        },
        (error: unknown) => this.failed(error),
      );
  }

  private failed(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }
}

function keyOf({ provider, tag, dimension }: AcceptanceRow): string {
  return JSON.stringify([provider.name, dimension, tag]);
}
