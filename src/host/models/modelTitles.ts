import { BUILTIN, VISUAL_LOOK } from './builtinModels';
import type { RemoteProviders } from '../remote/remoteProviders';
import type { ModelShelf } from './modelShelf';

const OWN: ReadonlyMap<string, string> = new Map([
  ...[BUILTIN, VISUAL_LOOK].map(({ name, title }): [string, string] => [name, title]),
  ['duplicates', 'Duplicate search'],
]);

/** What people call models, those included that are no files; a name that nobody knows (any more) stays as it is. */
export async function modelTitles(shelf: ModelShelf, remote: RemoteProviders): Promise<(model: string) => string> {
  const remoteTitles = await remote.titles();
  const titles = new Map((await shelf.catalog()).map(({ name, title }) => [name, title]));
  return (model) => OWN.get(model) ?? titles.get(model) ?? remoteTitles(model) ?? model;
}
