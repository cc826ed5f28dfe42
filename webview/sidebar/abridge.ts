/** How many values of a dimension are shown at first; a list not much longer is shown whole. */
export const SHORT_LIST = 12;
const NOT_WORTH_HIDING = 3;

/** The values shown of a long list: the first ones and all that are picked. */
export function abridge<T extends { readonly picked: boolean }>(
  values: readonly T[],
  unabridged: boolean,
): { shown: readonly T[]; hidden: number } {
  if (unabridged || values.length <= SHORT_LIST + NOT_WORTH_HIDING) return { shown: values, hidden: 0 };
  const shown = values.filter((value, index) => index < SHORT_LIST || value.picked);
  return { shown, hidden: values.length - shown.length };
}
