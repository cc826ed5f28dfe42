import type { ViewState } from '../../src/protocol/viewApi';
import type { HostConnection } from '../shared/hostConnection';

/**
 * A tab of the panel beside the images. It exists only while it is shown; `connection` is set before the first
 * `receive`, which follows at once.
 */
export interface PanelTab {
  connection: HostConnection;
  /** A new state of the host, with the revision of the data behind it. */
  receive(view: ViewState, revision: number): void;
}

/** Dispatched by a tab that wants the Images tab, as after it has set the filter. Bubbles. */
export const SHOW_IMAGES = 'show-images';

/** Dispatched by a tab that wants the details of an image on the Images tab; `detail` is its id. Bubbles. */
export const OPEN_IMAGE = 'open-image';
