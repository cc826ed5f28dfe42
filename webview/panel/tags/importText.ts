import type { ImportReport } from '../../../src/protocol/policyApi';
import { formatCount } from '../../shared/formats';

/** "12 added, 3 replaced, 4 kept as they were, 1 refused". */
export function importSummary({ added, replaced, kept, refused }: ImportReport): string {
  const parts = [
    `${formatCount(added)} added`,
    `${formatCount(replaced)} replaced`,
    `${formatCount(kept)} kept as they were`,
    `${formatCount(refused)} refused`,
  ];
  return parts.join(', ');
}

/** The report as a table that spreadsheets take. */
export function importReportText(report: ImportReport): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const lines = report.rows.map(({ line, external, outcome, reason }) =>
    [String(line), cell(external), outcome, cell(reason ?? '')].join('\t'),
  );
  return [`${report.file}: ${importSummary(report)}`, ['line', 'name', 'outcome', 'reason'].join('\t'), ...lines].join(
    '\n',
  );
}
