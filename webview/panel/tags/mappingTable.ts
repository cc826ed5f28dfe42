import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ImportReport, MappingRow } from '../../../src/protocol/policyApi';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { formatCount, plural } from '../../shared/formats';
import { failureBar, notice } from '../../shared/notice';
import { pager } from '../../shared/pager';
import { searchField } from '../../shared/searchField';
import { textButton } from '../textButton';
import { importReport } from './importReport';
import { importReportText, importSummary } from './importText';
import { MappingDraft } from './mappingDraft';
import './mappingForm';
import { rowKey } from './mappingEdits';
import { mappingNames, type MappingNames } from './mappingNames';
import { mappingRow, type MappingRowActions } from './mappingRow';
import { TagsPart } from './tagsPart';

type Mappings = Awaited<ReturnType<Client<HostApi>['mappings']>>;

interface MappingPage {
  readonly mappings: Mappings;
  readonly names: MappingNames;
}

type Shown = 'all' | 'mapped' | 'ignored' | 'unmapped';

const PAGE = 100;

const SHOWN: Record<Shown, string> = { all: 'All', unmapped: 'Unmapped', mapped: 'Mapped', ignored: 'Ignored' };

/** How the names that models use become tags of the dataset, or do not. */
@customElement('datavisor-tag-mapping')
export class MappingTable extends TagsPart<MappingPage> {
  private text = '';
  private offset = 0;
  @state() private show: Shown = 'all';
  @state() private replaces = false;
  @state() private report: ImportReport | null = null;
  @state() private isBusy = false;

  private readonly draft = new MappingDraft(
    (row) => this.save(row),
    () => this.requestUpdate(),
  );

  private readonly rowActions: MappingRowActions = {
    change: (row) => this.change(row),
    suggest: (text) => this.connection.host.suggestTags({ text, limit: 10 }),
  };

  protected override async ask(signal: AbortSignal): Promise<MappingPage> {
    const { host } = this.connection;
    const { text, show, offset } = this;
    const [mappings, policy] = await Promise.all([
      host.mappings({ text, show, offset, limit: PAGE }, { signal }),
      host.policy(null, { signal }),
    ]);
    return { mappings, names: mappingNames(policy.providers) };
  }

  protected override accept(page: MappingPage): void {
    super.accept(page);
    this.draft.accept(page.mappings.rows);
  }

  protected override forget(): void {
    super.forget();
    this.report = null;
    this.offset = 0;
    this.draft.clear();
  }

  protected override render(): TemplateResult {
    return html`${failureBar(this.actionFailure, () => (this.actionFailure = null))}
      <p class="muted section-words">
        A name that a model uses can become a tag of yours, or none. Tags follow at once, and no model runs again.
      </p>
      <div class="section-tools">
        ${searchField('Find a name or a tag', this.text, (text) => {
          this.text = text;
          this.goTo(0);
        })}
        ${this.renderShown()} ${this.renderFiles()}
      </div>
      ${
        this.report
          ? importReport(this.report, { copy: () => this.copyReport(), close: () => (this.report = null) })
          : ''
      }
      ${this.renderAnswer('The mapping', (page) => this.renderPage(page))}`;
  }

  private renderShown(): TemplateResult {
    const counts = this.answer?.mappings.counts;
    const all = counts ? counts.mapped + counts.ignored + counts.unmapped : undefined;
    const countOf = (shown: Shown) => (shown === 'all' ? all : counts?.[shown]);
    return html`<div class="choices" role="group" aria-label="Names shown">
      ${(Object.keys(SHOWN) as Shown[]).map((shown) => {
        const count = countOf(shown);
        return html`<button
          type="button"
          class="choice numbers"
          aria-pressed=${shown === this.show ? 'true' : 'false'}
          @click=${() => {
            this.show = shown;
            this.goTo(0);
          }}
        >
          ${SHOWN[shown]}${count === undefined ? '' : ` ${formatCount(count)}`}
        </button>`;
      })}
    </div>`;
  }

  private renderFiles(): TemplateResult {
    const { readOnly } = this;
    return html`<div class="section-actions">
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(this.replaces)}
          ?disabled=${readOnly !== null}
          @change=${(event: Event) => (this.replaces = (event.target as HTMLInputElement).checked)}
        />
        Replace existing rows
      </label>
      ${textButton(
        {
          label: 'Import CSV…',
          icon: 'cloud-upload',
          disabled: readOnly !== null || this.isBusy,
          title: readOnly ?? '',
        },
        () => this.importFile(),
      )}
      ${textButton({ label: 'Export…', icon: 'save-as', disabled: this.isBusy }, () => this.exportFile())}
    </div>`;
  }

  private renderPage({ mappings, names }: MappingPage): TemplateResult {
    const disabled = this.readOnly !== null;
    const isEmpty = this.draft.rows.length === 0;
    const table = isEmpty ? this.renderNone(mappings) : this.renderTable(mappings, names, disabled);
    if (disabled) return table;
    return html`<datavisor-mapping-form
        .providers=${names.providers}
        @row-started=${(event: CustomEvent<MappingRow>) => this.start(event.detail)}
      ></datavisor-mapping-form>
      ${table}`;
  }

  private renderTable({ total }: Mappings, { providers, dimensions }: MappingNames, disabled: boolean): TemplateResult {
    return html`<div class="table-scroll" role="region" aria-label="Mapping" tabindex="0">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Provider</th>
              <th scope="col" class="table-number">Predictions</th>
              <th scope="col">Action</th>
              <th scope="col">Own tag</th>
              <th scope="col">Dimension</th>
              <th scope="col" class="table-number">Factor</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.draft.rows,
              ({ key }) => key,
              ({ row, problem }) =>
                mappingRow(
                  {
                    row,
                    provider: row.provider === '' ? 'any' : (providers.get(row.provider) ?? row.provider),
                    dimensions,
                    problem,
                    disabled,
                  },
                  this.rowActions,
                ),
            )}
          </tbody>
        </table>
      </div>
      ${pager({ offset: this.offset, limit: PAGE, total, noun: 'names' }, (to) => this.goTo(to))}`;
  }

  private renderNone({ counts }: Mappings): TemplateResult {
    const isEmpty = counts.mapped + counts.ignored + counts.unmapped === 0;
    if (isEmpty && this.text.trim() === '') {
      return notice({
        icon: 'arrow-swap',
        title: 'Nothing to map yet',
        text: 'Names of models that are no tags of this dataset are listed here. Any other can be added above, or come from a CSV file.',
      });
    }
    return notice({
      icon: 'search-stop',
      title: 'No name fits',
      text: 'Change the text, or show all names.',
      actions: [{ label: 'Show All', icon: 'clear-all', run: () => this.showAll() }],
    });
  }

  private showAll(): void {
    this.text = '';
    this.show = 'all';
    this.goTo(0);
  }

  /** Another list than before: rows kept in place for who edited them go. */
  private goTo(offset: number): void {
    this.offset = offset;
    this.draft.clear();
    this.query.restart();
    this.requestUpdate();
  }

  private change(row: MappingRow): void {
    const lacksTag = this.draft.change(row);
    if (lacksTag) this.askForTag(row);
  }

  private start(row: MappingRow): void {
    this.draft.add(row);
    this.askForTag(row);
  }

  /** The person goes on in the field of the tag. */
  private askForTag(row: MappingRow): void {
    void this.updateComplete.then(() => {
      const lines = [...this.querySelectorAll<HTMLElement>('.mapping-row')];
      const line = lines.find(({ dataset }) => dataset['key'] === rowKey(row));
      line?.querySelector<HTMLElement>('datavisor-tag-choice')?.focus();
    });
  }

  private async save({ provider, external, action, tag, dimension, factor }: MappingRow): Promise<void> {
    await this.connection.host.setMapping({ provider, external, action, tag, dimension, factor });
    const outcome = { map: `is mapped to “${tag ?? ''}”`, ignore: 'is ignored', none: 'is left as it is' };
    announce(`“${external}” ${outcome[action]}.`);
  }

  private importFile(): void {
    this.actAlone(async (host) => {
      const report = await host.importMappings({ replace: this.replaces });
      if (!report) return;
      this.report = report;
      announce(`Import of ${report.file}: ${importSummary(report)}.`);
      this.goTo(0);
    });
  }

  private exportFile(): void {
    this.actAlone(async (host) => {
      const exported = await host.exportMappings(null);
      if (exported) announce(`${plural(exported.rows, 'row')} written to ${exported.file}.`);
    });
  }

  private copyReport(): void {
    const { report } = this;
    if (!report) return;
    this.actAlone(async () => {
      await navigator.clipboard.writeText(importReportText(report));
      announce('The report is in the clipboard.');
    });
  }

  /** Meanwhile the buttons for files are off. */
  private actAlone(action: (host: Client<HostApi>) => Promise<void>): void {
    this.isBusy = true;
    void this.act(action).finally(() => (this.isBusy = false));
  }
}
