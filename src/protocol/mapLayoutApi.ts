import * as v from 'valibot';
import { MapSettings } from './mapSettings';
import type { Contract } from './rpc';
import { count, nothing } from './viewShapes';

const embedder = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** How the map of the active dataset is laid out. */
export const mapLayoutApi = {
  /** Of the map of an embedder. */
  mapSettings: {
    params: v.object({ embedder }),
    result: v.object({
      /** What the next layout takes. */
      chosen: MapSettings,
      /** With what the map was laid out; null where there is none. */
      laidOut: v.nullable(MapSettings),
      /** It is only the first picture, which a layout replaces. */
      provisional: v.boolean(),
      /** Images that were put in after the layout. */
      placed: count,
      /** Images that are embedded and have no place yet. */
      waiting: count,
    }),
  },
  /** Starts a run that lays the map out anew; how it goes shows in the state. */
  layOutMap: { params: v.object({ embedder, settings: MapSettings }), result: nothing },
} as const satisfies Contract;
