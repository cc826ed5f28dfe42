/**
 * The patterns of a `.gitignore` as if they stood in that of the topmost folder, so that one list, parents first, says
 * all: later patterns win there as deeper files win in git (https://git-scm.com/docs/gitignore#_pattern_format).
 *
 * @param folder of the ignore file, relative with slashes, '' for the topmost
 */
export function prefixGitignore(text: string, folder: string): string[] {
  const patterns = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (folder === '') return patterns;
  const base = folder.replace(/[\\*?[\]!# ]/g, '\\$&');
  return patterns.map((line) => {
    const negative = line.startsWith('!');
    const pattern = negative ? line.slice(1) : line;
    // A slash anywhere but at the end ties a pattern to the ignore file's own folder.
    const tied = /\/(?!\s*$)/.test(pattern);
    return `${negative ? '!' : ''}/${base}/${tied ? '' : '**/'}${pattern.replace(/^\//, '')}`;
  });
}
