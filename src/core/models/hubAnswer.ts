import type { Continuation, RemoteFile } from './modelSource';

export const NOTHING_KNOWN: RemoteFile = { size: null, sha256: null, gitOid: null, identity: null, validator: null };

/** Whether a partial answer is the rest of the very content that was begun with. */
export function isContinuation(response: Response, remote: RemoteFile, from: Continuation): boolean {
  const same =
    (from.identity !== null && remote.identity === from.identity) ||
    (from.validator !== null && remote.validator === from.validator);
  return same && rangeOf(response).offset === from.offset;
}

/** How much an answer says of the file: that of the hub itself the most. A moved repository answers before with nothing. */
export function telling(headers: Headers): number {
  return headers.has('x-linked-etag') ? 2 : headers.has('x-repo-commit') ? 1 : 0;
}

/** @param told the headers of the answer that says the most, which may be one of the redirects */
export function remoteFile(told: Headers, last: Response): RemoteFile {
  const linkedTag = unquoted(told.get('x-linked-etag'));
  const lastTag = last.headers.get('etag');
  const ownTag = unquoted(told.get('etag'));
  const gitOid = told.has('x-repo-commit') && /^[0-9a-f]{40}$/.test(ownTag ?? '') && !linkedTag ? ownTag : null;
  return {
    size: integer(told.get('x-linked-size')) ?? sizeOf(last),
    sha256: linkedTag !== null && /^[0-9a-f]{64}$/.test(linkedTag) ? linkedTag : null,
    gitOid,
    identity: linkedTag ?? gitOid,
    validator: lastTag !== null && lastTag.startsWith('"') ? lastTag : null,
  };
}

function sizeOf(response: Response): number | null {
  if (response.status === 206) return rangeOf(response).total;
  const encoding = response.headers.get('content-encoding');
  if (response.status !== 200 || (encoding !== null && encoding !== 'identity')) return null;
  return integer(response.headers.get('content-length'));
}

function rangeOf(response: Response): { offset: number; total: number | null } {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  return { offset: match ? Number(match[1]) : NaN, total: match && match[2] !== '*' ? Number(match[2]) : null };
}

function integer(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function unquoted(tag: string | null): string | null {
  return tag === null ? null : tag.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}
