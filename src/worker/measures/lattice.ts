/**
 * Where to begin in a row when every n-th tile is taken, so that the tiles taken lie scattered like the black squares of
 * a chessboard instead of in columns.
 */
export function latticeStart(row: number, every: number): number {
  return (row * (every > 2 ? 2 : 1)) % every;
}
