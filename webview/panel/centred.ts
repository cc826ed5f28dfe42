import { html, type TemplateResult } from 'lit';
import { notice, type NoticeContent } from '../shared/notice';

/** In the middle of the room there is. */
export function centred(content: TemplateResult): TemplateResult {
  return html`<div class="centred">${content}</div>`;
}

/** What stands in place of data that is not there, in the middle of the room it would have. */
export function centredNotice(content: NoticeContent): TemplateResult {
  return centred(notice(content));
}
