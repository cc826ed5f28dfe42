import { open } from 'node:fs/promises';

/** How many first bytes are looked at. */
export const HEAD_LENGTH = 512;

/** Says what a file really is when its first bytes, or what the server calls it, show that it is not the file wanted. */
export function foreignContent(path: string, head: Uint8Array, contentType: string | null): string | null {
  if (contentType !== null && /^\s*(text\/html|application\/xhtml)/i.test(contentType)) return WEB_PAGE;
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH)).toString('latin1');
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<(!doctype|html|head|body|!--|\?xml)/i.test(start)) return WEB_PAGE;
  if (start.startsWith('version https://git-lfs.github.com/spec/')) return LFS_POINTER;
  if (path.endsWith('.json')) return null; // parsed as a whole in the end
  if (contentType !== null && /^\s*application\/(problem\+)?json/i.test(contentType))
    return 'it is JSON, a message of the server perhaps';
  if (path.endsWith('.onnx') && /^[{[]/.test(start)) return 'it is JSON, a message of the server perhaps';
  return null;
}

/** The same for a file on disk. */
export async function foreignFile(path: string, file: string): Promise<string | null> {
  const handle = await open(file);
  try {
    const head = new Uint8Array(HEAD_LENGTH);
    const { bytesRead } = await handle.read(head, 0, HEAD_LENGTH, 0);
    return foreignContent(path, head.subarray(0, bytesRead), null);
  } finally {
    await handle.close();
  }
}

const WEB_PAGE = 'it is a web page, such as the login page of a network or of a proxy';
const LFS_POINTER =
  'it is a placeholder of Git LFS, not the content. Run `git lfs pull` in that clone, or download the file itself';
