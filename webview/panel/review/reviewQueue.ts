import type { NamedModel } from '../../../src/protocol/viewShapes';
import type { Position } from './reviewState';

/** Suggestions that nobody has decided about, as the host lists them: parallel arrays. */
export interface QueueItems {
  readonly ids: Int32Array;
  readonly confidences: Float32Array;
  /** Indexes of `tagNames`. */
  readonly tags: Int32Array;
  readonly tagNames: readonly string[];
  /** Indexes of `providerNames`. */
  readonly providers: Uint8Array;
  readonly providerNames: readonly NamedModel[];
  /** 1 where it is a tag already because the policy approves it. */
  readonly inUse: Uint8Array;
}

/** `settled`: no longer a suggestion, and not by what was decided here. */
export type ItemState = 'undecided' | 'approved' | 'rejected' | 'settled';
export type Verdict = 'approved' | 'rejected';

export interface ReviewItem {
  readonly index: number;
  readonly id: number;
  readonly tag: string;
  /** 0 to 100. */
  readonly confidence: number;
  /** As people call it. */
  readonly provider: string;
  readonly inUse: boolean;
  readonly state: ItemState;
}

const STATES: readonly ItemState[] = ['undecided', 'approved', 'rejected', 'settled'];
const UNDECIDED = 0;
const SETTLED = 3;

/**
 * The queue as it was when it was asked for. Its items never move: those that are decided stay in their places and show
 * how, so nothing jumps under the eyes of who reviews them.
 */
export class ReviewQueue {
  private readonly states: Uint8Array;
  /** What was said last of each item here, also when it was taken back since. */
  private readonly said: Uint8Array;
  private left: number;

  constructor(private readonly items: QueueItems) {
    this.left = items.ids.length;
    this.states = new Uint8Array(this.left);
    this.said = new Uint8Array(this.left);
  }

  get size(): number {
    return this.items.ids.length;
  }

  /** How many are undecided. */
  get remaining(): number {
    return this.left;
  }

  item(index: number): ReviewItem {
    const { ids, confidences, inUse } = this.items;
    return {
      index,
      id: ids[index] ?? 0,
      tag: this.tag(index),
      confidence: confidences[index] ?? 0,
      provider: this.items.providerNames[this.items.providers[index] ?? 0]?.title ?? '',
      inUse: inUse[index] === 1,
      state: this.state(index),
    };
  }

  state(index: number): ItemState {
    return STATES[this.states[index] ?? UNDECIDED] ?? 'undecided';
  }

  /** Notes decisions. Returns what takes them back again. */
  decide(indexes: readonly number[], verdict: Verdict): () => void {
    const code = STATES.indexOf(verdict);
    const before = indexes.map((index) => this.states[index] ?? UNDECIDED);
    for (const index of indexes) {
      this.said[index] = code;
      this.set(index, code);
    }
    return () => indexes.forEach((index, i) => this.set(index, before[i] ?? UNDECIDED));
  }

  /** The next undecided item behind this one, then from the start; null when there is none, but for this one itself. */
  nextUndecided(index: number): number | null {
    const { states, size } = this;
    for (let step = 1; step < size; step++) {
      const at = (index + step) % size;
      if (states[at] === UNDECIDED) return at;
    }
    return null;
  }

  /** The nearest item of another image in this direction, or null at the end. */
  neighbour(index: number, direction: 1 | -1): number | null {
    const { ids } = this.items;
    for (let at = index + direction; at >= 0 && at < this.size; at += direction) {
      if (ids[at] !== ids[index]) return at;
    }
    return null;
  }

  /** -1 when it is not here. */
  indexOf(id: number, tag: string): number {
    const { ids } = this.items;
    for (let at = ids.indexOf(id); at >= 0; at = ids.indexOf(id, at + 1)) if (this.tag(at) === tag) return at;
    return -1;
  }

  /** Undecided ones of at least this confidence, or of less. */
  undecidedBy(confidence: number, side: 'above' | 'below'): number[] {
    const found: number[] = [];
    this.items.confidences.forEach((value, index) => {
      if (this.states[index] === UNDECIDED && value >= confidence === (side === 'above')) found.push(index);
    });
    return found;
  }

  positionOf(index: number): Position {
    let ahead = 0;
    for (let at = 0; at < index; at++) if (this.states[at] === UNDECIDED) ahead++;
    return { sampleId: this.items.ids[index] ?? 0, tag: this.tag(index), ahead };
  }

  /** Where to go on: the suggestion itself, else the one that took its place. */
  find(position: Position | null): number {
    if (!position || this.size === 0) return 0;
    const index = this.indexOf(position.sampleId, position.tag);
    return index >= 0 ? index : Math.min(position.ahead, this.size - 1);
  }

  /**
   * Compares with what the host lists now: what was taken back is undecided again, what is gone is decided or settled.
   *
   * @returns how many suggestions it lists that are not here
   */
  reconcile(now: QueueItems): number {
    const tags = new Map(this.items.tagNames.map((name, i) => [name, i]));
    const width = Math.max(1, this.items.tagNames.length);
    const listed = new Set<number>();
    let others = 0;
    now.ids.forEach((id, i) => {
      const tag = tags.get(now.tagNames[now.tags[i] ?? 0] ?? '');
      if (tag === undefined) others++;
      else listed.add(id * width + tag);
    });
    let known = 0;
    for (let index = 0; index < this.size; index++) {
      const isListed = listed.has((this.items.ids[index] ?? 0) * width + (this.items.tags[index] ?? 0));
      if (isListed) known++;
      if (isListed) this.set(index, UNDECIDED);
      else if (this.states[index] === UNDECIDED) this.set(index, this.said[index] || SETTLED);
    }
    return others + listed.size - known;
  }

  private tag(index: number): string {
    return this.items.tagNames[this.items.tags[index] ?? 0] ?? '';
  }

  private set(index: number, code: number): void {
    if (this.states[index] === UNDECIDED) this.left--;
    if (code === UNDECIDED) this.left++;
    this.states[index] = code;
  }
}
