/** The address of one method of an API. People also give it with the method, as it often stands in documentations. */
export function requestAddress(address: string, method: string): string {
  return address.endsWith(method) ? address : `${address}${method}`;
}
