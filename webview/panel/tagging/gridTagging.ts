import type { Client } from '../../../src/protocol/rpc';
import type { SampleSet } from '../../../src/protocol/tagApi';
import type { HostApi } from '../../../src/protocol/viewApi';
import { isNotIndexed } from '../../shared/errorText';
import { formatCount, plural } from '../../shared/formats';
import { FreshQuery } from '../../shared/freshQuery';
import type { SelectionModel } from '../grid/selectionModel';
import { Tagger } from './tagger';
import { tagOfKey, type TagKeys } from './tagKeys';
import type { KeyChange } from './tagKeysMenu';

/** Which images of the grid tags are given to, and by which keys. */
export class GridTagging {
  readonly tagger: Tagger;
  keys: TagKeys = {};
  private samples: SampleSet | null = null;
  private readonly keysQuery: FreshQuery<TagKeys>;

  /**
   * @param onChange other keys, or other images
   * @param onOutcome what was done, in words for the person
   */
  constructor(
    private readonly host: Client<HostApi>,
    private readonly selection: SelectionModel,
    private readonly onChange: () => void,
    onOutcome: (text: string) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.tagger = new Tagger(host, onOutcome);
    this.keysQuery = new FreshQuery<TagKeys>(
      () => host.tagKeys(null),
      (keys) => {
        this.keys = keys;
        onChange();
      },
      (error) => {
        if (!isNotIndexed(error)) onFailure(error);
      },
    );
  }

  /** What the tag bar is about, null while it is closed. The same object until it stands for other images. */
  get target(): SampleSet | null {
    return this.samples;
  }

  /** All images that pass the filter, in place of selected ones. */
  get isAll(): boolean {
    return this.samples?.kind === 'filter';
  }

  /** "3 selected images". @param matching images that pass the filter, undefined while that is not known */
  words(matching: number | undefined): string {
    if (!this.isAll) return plural(this.selection.size, 'selected image');
    return matching === undefined ? 'all images shown' : `all ${formatCount(matching)} images shown`;
  }

  refreshKeys(): void {
    this.keysQuery.refresh();
  }

  selectionChanged(): void {
    if (this.selection.size > 0) this.samples = { kind: 'ids', ids: this.selection.ids };
    else if (!this.isAll) this.samples = null;
    this.onChange();
  }

  /** All that pass the filter are others now. */
  filterChanged(): void {
    if (this.isAll) this.samples = { kind: 'filter' };
  }

  /** Turns the tag bar to all that pass the filter, or back. */
  tagAll(on: boolean): void {
    this.samples = on ? { kind: 'filter' } : null;
    if (!on) this.selectionChanged();
    else this.onChange();
  }

  close(): void {
    this.samples = null;
    this.onChange();
  }

  /**
   * Gives or takes the tag of a key.
   * @param current the image that has the keyboard: meant where none is selected
   * @returns whether the key gives a tag
   */
  press(event: KeyboardEvent, current: number | null): boolean {
    const tag = tagOfKey(event, this.keys);
    if (tag === null) return false;
    const ids = this.selection.size > 0 ? this.selection.ids : current === null ? null : Int32Array.of(current);
    if (ids && !event.repeat) this.tagger.toggle({ kind: 'ids', ids }, tag).catch(this.onFailure);
    return true;
  }

  setKey(change: KeyChange): void {
    this.host.setTagKey(change).then(() => this.keysQuery.restart(), this.onFailure);
  }
}
