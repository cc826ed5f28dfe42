import type { TemplateResult } from 'lit';
import { errorText, isNotIndexed } from '../../shared/errorText';
import { notice } from '../../shared/notice';

/** What stands in place of a table that could not be read. */
export function readFailure(title: string, error: unknown, retry: () => void): TemplateResult {
  const actions = [{ label: 'Try Again', icon: 'refresh', run: retry }];
  if (!isNotIndexed(error)) return notice({ icon: 'error', title, text: errorText(error), urgent: true, actions });
  return notice({ icon: 'tag', title: 'This folder is not indexed yet', text: errorText(error), actions });
}
