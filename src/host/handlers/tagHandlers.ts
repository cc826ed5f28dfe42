import type { Dataset } from '../../core/dataset';
import type { Handlers } from '../../protocol/rpc';
import type { tagApi } from '../../protocol/tagApi';
import { UserError } from '../../protocol/userError';
import { activeDataset } from '../activeDataset';
import type { DatasetSession } from '../datasetSession';
import { exportDecisions } from '../exportDecisions';
import type { HostServices } from '../hostServices';
import { sampleScope } from '../sampleScope';
import { setTagKey, tagKeys } from '../tagKeys';

/** Tags by hand, for the active dataset. */
export function tagHandlers({ registry }: HostServices): Handlers<typeof tagApi> {
  async function tagging(): Promise<Dataset['tagging']> {
    return (await activeDataset(registry)).dataset.tagging;
  }
  function activeSession(): DatasetSession {
    const { active } = registry;
    if (!active) throw new UserError('no-dataset', 'No dataset is open. Open a folder of images first.');
    return active;
  }

  return {
    suggestTags: async ({ text, limit }) => (await tagging()).suggest(text, limit),
    tagsOf: async ({ samples }) => {
      const { session, dataset } = await activeDataset(registry);
      return dataset.tagging.tagsOf(sampleScope(session, samples));
    },
    decide: async ({ samples, tags, action, dimension }) => {
      const { session, dataset } = await activeDataset(registry);
      return dataset.tagging.decide(sampleScope(session, samples), tags, action, dimension);
    },
    history: async () => (await tagging()).history(),
    undo: async () => (await tagging()).undo(),
    redo: async () => (await tagging()).redo(),
    tagKeys: () => tagKeys(activeSession().uri),
    setTagKey: async ({ key, tag }) => {
      const name = tag === null ? null : await validName(await tagging(), tag);
      await setTagKey(activeSession().uri, key, name);
      return null;
    },
    tagList: async (query) => (await tagging()).tagList(query),
    previewTagChange: async ({ change }) => (await tagging()).previewChange(change),
    changeTags: async ({ change }) => (await tagging()).change(change),
    exportDecisions: async () => {
      const { dataset } = await activeDataset(registry);
      return exportDecisions(dataset);
    },
  };
}

/** @throws UserError `tag-name` */
async function validName(tagging: Dataset['tagging'], text: string): Promise<string> {
  const { name, problem } = await tagging.suggest(text, 1);
  if (name === null) throw new UserError('tag-name', problem ?? `“${text}” cannot be the name of a tag.`);
  return name;
}
