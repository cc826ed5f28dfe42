import { MOST_EXAMPLES } from '../../src/protocol/gridApi';
import type { Client } from '../../src/protocol/rpc';
import { UserError } from '../../src/protocol/userError';
import type { HostApi } from '../../src/protocol/viewApi';
import { formatCount } from '../shared/formats';
import type { SelectionModel } from './grid/selectionModel';

/** Looks for what is similar to images of the grid or the map. */
export class SimilarImages {
  /** @param act runs a call and tells the person where it fails */
  constructor(
    private readonly selection: SelectionModel,
    private readonly act: (action: (host: Client<HostApi>) => Promise<unknown>) => void,
  ) {}

  find(ids: Int32Array): void {
    this.act(async (host) => {
      if (ids.length > MOST_EXAMPLES) {
        const most = formatCount(MOST_EXAMPLES);
        throw new UserError('too-many-examples', `Choose at most ${most} images to find similar ones.`);
      }
      await host.findSimilar({ ids });
    });
  }

  findLikeSelected(): void {
    this.find(this.selection.ids);
  }

  /**
   * F: what looks like the selected images, or like the one that has the keyboard.
   * @returns whether that was the key
   */
  pressed(event: KeyboardEvent, current: number | null): boolean {
    if (event.key.toLowerCase() !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return false;
    const ids = this.selection.size > 0 ? this.selection.ids : current === null ? null : Int32Array.of(current);
    if (ids && !event.repeat) this.find(ids);
    return true;
  }
}
