import { byteSize } from '../protocol/byteSize';
import { UserError } from '../protocol/userError';
import type { InstalledModel, ListedModel } from '../core/models/modelStore';
import { locateDataset } from '../core/datasetLocation';
import { listOwnModels, type OwnModelEntry } from '../core/models/ownModels';
import type { CommandResult } from './commandResult';
import { chooseDevice, openModelStore, shippedModels, takenNames } from './chooseModel';
import { modelsFolder } from './modelsFolder';
import type { ModelsCommandLine } from './parseArguments';
import { printable } from './printable';
import type { ProgressBar } from './progressBar';
import { tryModelCommand } from './tryModelCommand';
import { userDataFolder } from './userDataFolder';

/**
 * Lists, downloads, verifies or removes models that come as files, or tries one of a folder's own.
 * @throws UserErrors of `ModelStore`, `listOwnModels` and `tryModelCommand`; `model-altered` when a download is no longer
 *   what came
 */
export async function modelsCommand(
  line: ModelsCommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const warnings: string[] = [];
  const log = (text: string) => {
    warnings.push(text);
    bar.message(text);
  };
  const store = openModelStore(log);
  const folder = modelsFolder();
  const answer = (facts: object, text: string, cancelled = false): CommandResult => ({
    json: { command: 'models', action: line.action, folder, ...facts, warnings, cancelled },
    text,
    cancelled,
  });
  const { action, name, dtype } = line;
  if (action === 'list' || name === null) {
    const models = await store.list();
    if (line.folder === undefined) return answer({ models: models.map(listedFacts) }, listText(models, folder));
    const { folder: dataset } = await locateDataset(line.folder, { fallbackFolder: userDataFolder() });
    const own = await listOwnModels(dataset, takenNames(shippedModels(log)));
    const facts = { models: models.map(listedFacts), dataset, ownModels: own.map(ownFacts) };
    return answer(facts, `${listText(models, folder)}\n${ownText(own, dataset)}`);
  }
  if (action === 'try') {
    const tried = await tryModelCommand({ ...line, name, folder: line.folder ?? '' }, bar, signal, log);
    return answer(tried.json, tried.text, tried.cancelled);
  }
  if (action === 'remove') {
    await store.remove(name);
    return answer({ name }, `What was downloaded of ${name} is removed from ${printable(folder)}.\n`);
  }
  if (action === 'verify') {
    requireUnaltered(name, await store.verify(name, { ...(dtype !== undefined && { dtype }), signal }));
    return answer({ name }, `Every byte of ${name} is as it came.\n`);
  }
  const device = dtype === undefined && (await chooseDevice(line.device, log)) !== 'cpu' ? 'gpu' : 'cpu';
  try {
    const installed = await store.download(name, {
      ...{ dtype, device, signal },
      progress: ({ receivedBytes, totalBytes, file }) => {
        const percent = totalBytes > 0 ? Math.floor((100 * receivedBytes) / totalBytes) : 0;
        bar.showLine(`Downloading  ${percent} %  ${byteSize(receivedBytes)} of ${byteSize(totalBytes)}  ${file}`);
      },
    });
    bar.clear();
    return answer({ name, installed: installedFacts(installed) }, downloadedText(installed));
  } catch (error) {
    if (!signal.aborted) throw error;
    bar.clear();
    return answer({ name }, `Paused. What came of ${name} is kept; run it again to go on.\n`, true);
  }
}

function requireUnaltered(name: string, altered: readonly { path: string; why: string }[]): void {
  if (altered.length === 0) return;
  const files = altered.map(({ path, why }) => `${path} (${why})`).join(', ');
  throw new UserError(
    'model-altered',
    `Files of ${name} are not what came, and were removed: ${files}. Download it again: datavisor models download ${name}`,
  );
}

function installedFacts({ dtype, folder, bytes, sourceVerified }: InstalledModel): object {
  return { dtype, folder, bytes, sourceVerified };
}

function listedFacts({ manifest, installed, partialBytes }: ListedModel): object {
  const { name, title, task, licence, goodFor, notFor, vectorLength = null, weights } = manifest;
  return {
    ...{ name, title, task, licence, goodFor, notFor, vectorLength },
    abilities: weights?.abilities ?? [],
    repository: weights?.repository ?? null,
    revision: weights?.revision ?? null,
    variants: (weights?.variants ?? []).map(({ dtype, devices, approximateBytes }) => ({
      dtype,
      devices,
      approximateBytes,
    })),
    installed: installed && installedFacts(installed),
    partialBytes,
  };
}

function listText(models: readonly ListedModel[], folder: string): string {
  const entries = models.map(({ manifest, installed, partialBytes }) => {
    const { name, title, licence, goodFor, notFor, weights } = manifest;
    const sizes = (weights?.variants ?? []).map(
      ({ dtype, approximateBytes }) => `${dtype} ${byteSize(approximateBytes)}`,
    );
    const state = installed
      ? `here: ${installed.dtype}, ${byteSize(installed.bytes)}`
      : partialBytes > 0
        ? `begun: ${byteSize(partialBytes)} are here`
        : 'not here';
    return [
      `${name}  (${title}; ${licence}; ${state})`,
      `  ${goodFor}`,
      `  Not for: ${notFor}`,
      `  Comes as: ${sizes.join(', ')}`,
    ].join('\n');
  });
  const next = [
    'Get one:   datavisor models download NAME',
    'Use it:    datavisor tag FOLDER --provider NAME, or datavisor embed FOLDER --embedder NAME',
    `Models lie in ${printable(folder)} (DATAVISOR_MODELS names another folder).`,
  ];
  return `${[...entries, next.join('\n')].join('\n\n')}\n`;
}

function ownFacts({ name, folder, manifest, problem }: OwnModelEntry): object {
  const { title = name, task = null, weights = null } = manifest ?? {};
  return { name, title, task, abilities: weights?.abilities ?? [], folder, problem };
}

function ownText(models: readonly OwnModelEntry[], dataset: string): string {
  if (models.length === 0) return `${printable(dataset)} has no models of its own.\n`;
  const entries = models.map(({ name, manifest, problem }) => {
    if (!manifest) return `${printable(name)}  (cannot be used)\n  ${printable(problem ?? '')}`;
    const { title, goodFor, weights, task } = manifest;
    const option = task === 'embedding' ? 'embed FOLDER --embedder' : 'tag FOLDER --provider';
    return [
      `${name}  (${printable(title)}; this folder; ${weights?.own?.task ?? task})`,
      `  ${printable(goodFor)}`,
      `  Try it:   datavisor models try ${name} FOLDER`,
      `  Use it:   datavisor ${option} ${name}`,
    ].join('\n');
  });
  return `Models of ${printable(dataset)}\n\n${entries.join('\n\n')}\n`;
}

const VERIFIED: Readonly<Record<InstalledModel['sourceVerified'], string>> = {
  manifest: 'held against the checksums that come with DataVisor',
  hub: 'held against the checksums that the hub names',
  'first-download': 'its checksums are remembered from this download, as nobody names others',
  'local-folder': 'from a folder of your own, without checksums',
};

function downloadedText({ manifest, dtype, bytes, folder, sourceVerified }: InstalledModel): string {
  return `${manifest.title} (${dtype}, ${byteSize(bytes)}) is in ${printable(folder)}; ${VERIFIED[sourceVerified]}.\n`;
}
