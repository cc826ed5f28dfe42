import type { DecideAction, TagChange } from '../../protocol/tagApi';

const WORDS: Readonly<Record<DecideAction, readonly [verb: string, preposition: string]>> = {
  added: ['Add', 'to'],
  approved: ['Approve', 'on'],
  rejected: ['Reject', 'on'],
  removed: ['Remove', 'from'],
  withdrawn: ['Take back what you said of', 'on'],
};

/** Most tags that a title names. */
const NAMED = 3;

/** What decisions of one operation are about. */
export interface DecisionFacts {
  readonly samples: number;
  readonly decisions: number;
  /** Of the decisions. */
  readonly approved: number;
  /** Each once. */
  readonly actions: readonly DecideAction[];
  readonly tags: readonly string[];
}

/** "Add “dark” to 312 images"; "Approve 12 and reject 3 suggestions" where there is more than one action. */
export function decisionTitle({ samples, decisions, approved, actions, tags }: DecisionFacts): string {
  if (actions.length > 1) {
    return `Approve ${number(approved)} and reject ${number(decisions - approved)} suggestions`;
  }
  const [verb, preposition] = WORDS[actions[0]];
  return `${verb} ${list(tags)} ${preposition} ${images(samples)}`;
}

/** "Merge “kitten” and “tomcat” into “cat” on 1 image". */
export function changeTitle(
  kind: TagChange['kind'],
  from: readonly string[],
  to: string | null,
  samples: number,
): string {
  if (to === null) return `Delete ${list(from)} from ${images(samples)}`;
  const [verb, preposition] = kind === 'rename' ? ['Rename', 'to'] : ['Merge', 'into'];
  return `${verb} ${list(from)} ${preposition} “${to}” on ${images(samples)}`;
}

function list(tags: readonly string[]): string {
  const names = tags.slice(0, NAMED).map((tag) => `“${tag}”`);
  const left = tags.length - names.length;
  const all = left > 0 ? [...names, `${left} more`] : names;
  return all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

export function images(samples: number): string {
  return samples === 1 ? '1 image' : `${number(samples)} images`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
