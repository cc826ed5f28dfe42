import type { TemplateResult } from 'lit';
import { failureNotice } from '../../shared/notice';
import { centred, centredNotice } from '../centred';
import type { ReviewTags } from './reviewDesk';
import type { ReviewState } from './reviewState';
import { queueName } from './reviewWords';

export interface QueueNoticeActions {
  autoTag(): void;
  showAll(): void;
  dropFilter(): void;
  showImages(): void;
}

/** What stands in place of a queue without suggestions: why, and the next step. */
export function emptyQueue(
  { tag, provider, filtered }: Pick<ReviewState, 'tag' | 'provider' | 'filtered'>,
  tags: ReviewTags | undefined,
  actions: QueueNoticeActions,
): TemplateResult {
  const showAll = { label: 'Show All Suggestions', icon: 'checklist', run: () => actions.showAll() };
  if (filtered && tags?.undecided === 0) {
    return centredNotice({
      icon: 'search-stop',
      title: 'Nothing to review: no image that passes the filter has open suggestions',
      text: 'Look at all images instead, or change the filter.',
      actions: [{ label: 'Review All Images', icon: 'clear-all', run: () => actions.dropFilter() }],
    });
  }
  if (tag !== null || provider !== null) {
    return centredNotice({
      icon: 'pass',
      title: `Nothing to review: no open suggestions of ${queueName(tag)}${provider === null ? '' : ' by this model'}`,
      text: 'Choose another tag on the left, or look at the suggestions of all tags and models.',
      actions: [showAll],
    });
  }
  if (!tags || tags.decided === 0) {
    return centredNotice({
      icon: 'tag',
      title: 'Nothing to review: no model has suggested a tag yet',
      text: 'Auto-Tag looks at the images on this computer and suggests tags. Then you decide here.',
      actions: [{ label: 'Auto-Tag', icon: 'tag', run: () => actions.autoTag() }],
    });
  }
  return centredNotice({
    icon: 'pass',
    title: 'Nothing to review: every suggestion is decided',
    text: 'Lower a threshold in the policy to see suggestions that models were less sure of, or look at the images.',
    actions: [{ label: 'Show Images', icon: 'file-media', run: () => actions.showImages() }],
  });
}

export function failedQueue(failure: string, retry: () => void): TemplateResult {
  return centred(failureNotice('The suggestions could not be read', failure, retry));
}
