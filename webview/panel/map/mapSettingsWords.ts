import { sameMapSettings, type MapSettings } from '../../../src/protocol/mapSettings';

/** How a map is laid out, and how far that holds. */
export interface KnownMap {
  readonly chosen: MapSettings;
  readonly laidOut: MapSettings | null;
  readonly provisional: boolean;
  readonly placed: number;
  readonly waiting: number;
}

const images = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'image' : 'images'}`;

/** What there is to say of the map, in a sentence or three. */
export function describeMap({ laidOut, chosen, provisional, placed, waiting }: KnownMap): string {
  if (!laidOut) return 'This map is not laid out yet.';
  const parts: string[] = [];
  if (provisional) parts.push('This is a first picture; the layout has not come to its end.');
  else if (!sameMapSettings(laidOut, chosen)) {
    const { neighbors, minDistance, metric } = laidOut;
    parts.push(`It was laid out with ${neighbors} neighbours, least distance ${minDistance} and ${metric}.`);
  }
  if (placed > 0) parts.push(`${images(placed)} came later and lie among those most like them.`);
  if (waiting > 0) parts.push(`${images(waiting)} without a place: Embed and Map puts them in.`);
  return parts.join(' ');
}
