import type { FacetDimension } from '../../src/protocol/viewApi';

/** Whether no image has a value of this dimension. */
export function isEmpty({ values }: FacetDimension): boolean {
  return values.every((value) => value.total === 0 && !value.picked);
}

/** Puts neighbours that are empty for the same reason into one group, so that the reason is told once. */
export function groupEmpty(dimensions: readonly FacetDimension[]): FacetDimension[][] {
  const groups: FacetDimension[][] = [];
  for (const dimension of dimensions) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && isEmpty(dimension) && isEmpty(last) && dimension.hint === last.hint) group.push(dimension);
    else groups.push([dimension]);
  }
  return groups;
}
