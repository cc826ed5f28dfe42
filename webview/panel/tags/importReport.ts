import { html, nothing, type TemplateResult } from 'lit';
import type { ImportReport } from '../../../src/protocol/policyApi';
import { formatCount } from '../../shared/formats';
import { icon, iconButton } from '../../shared/icon';
import { textButton } from '../textButton';
import { importSummary } from './importText';

type Row = ImportReport['rows'][number];

const OUTCOME_ICONS: Record<Row['outcome'], string> = {
  added: 'add',
  replaced: 'arrow-swap',
  kept: 'circle-slash',
  refused: 'error',
};

/** More than fit anybody's eyes; all of them are copied. */
const ROWS_SHOWN = 500;

/** What became of each row of an imported file. */
export function importReport(report: ImportReport, actions: { copy(): void; close(): void }): TemplateResult {
  const rows = report.rows.slice(0, ROWS_SHOWN);
  const hidden = report.rows.length - rows.length;
  return html`<section class="card import-report" aria-labelledby="import-report-title">
    <header class="import-report-head">
      <h3 id="import-report-title">Import of ${report.file}</h3>
      ${textButton({ label: 'Copy Report', icon: 'copy' }, () => actions.copy())}
      ${iconButton('close', 'Close import report', () => actions.close())}
    </header>
    <p class="numbers">${importSummary(report)}.</p>
    ${
      rows.length === 0
        ? nothing
        : html`<div class="table-scroll import-report-rows" role="region" aria-label="Rows of the import" tabindex="0">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col" class="table-number">Line</th>
                  <th scope="col">Name</th>
                  <th scope="col">Outcome</th>
                  <th scope="col">Why</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(reportRow)}
              </tbody>
            </table>
          </div>`
    }
    ${hidden > 0 ? html`<p class="muted">${formatCount(hidden)} more rows are in the copied report.</p>` : nothing}
  </section>`;
}

function reportRow({ line, external, outcome, reason }: Row): TemplateResult {
  return html`<tr class="outcome-${outcome}">
    <td class="table-number numbers">${line}</td>
    <td>${external}</td>
    <td>${icon(OUTCOME_ICONS[outcome])} ${outcome}</td>
    <td>${reason ?? ''}</td>
  </tr>`;
}
