interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const DISTANCE = 8;

/**
 * Where to put a card of the given size: beside the box that it belongs to, on the side with room, and inside the
 * window. All lengths are CSS pixels.
 */
export function placeCard(
  box: Box,
  card: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const right = box.right + DISTANCE;
  const left = box.left - DISTANCE - card.width;
  const fitsRight = right + card.width <= view.width - DISTANCE;
  const x = fitsRight || left < DISTANCE ? right : left;
  const clamp = (value: number, most: number) => Math.max(DISTANCE, Math.min(value, most - DISTANCE));
  return { left: clamp(x, view.width - card.width), top: clamp(box.top, view.height - card.height) };
}
