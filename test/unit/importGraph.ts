import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

/** One import of one file, `import type` and `import()` included. `target` is a file of ours or a package's name. */
export interface Import {
  file: string;
  target: string;
  ours: boolean;
}

const ENDINGS = ['', '.ts', '.json', '.sql', '.css', '/index.ts'];

/** All TypeScript files below the folders, as paths with slashes relative to the checkout. */
export function sourceFiles(checkout: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(checkout, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`),
    )
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

export function importsOf(checkout: string, file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(checkout, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? { file, target: resolveRelative(checkout, file, fileName), ours: true }
      : { file, target: packageName(fileName), ours: false },
  );
}

function resolveRelative(checkout: string, from: string, specifier: string): string {
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const isFile = (ending: string) =>
    fs.statSync(path.join(checkout, base + ending), { throwIfNoEntry: false })?.isFile() ?? false;
  return base + (ENDINGS.find(isFile) ?? ''); // a file that is not there is the compiler's to report
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Every import cycle found by depth-first search, as the files along it; empty when there is none. */
export function findCycles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { file, target, ours } of imports) {
    if (ours) targets.set(file, [...(targets.get(file) ?? []), target]);
  }
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      cycles.push([...trail.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
