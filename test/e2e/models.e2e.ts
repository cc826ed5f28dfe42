import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { LoopbackHub } from '../fixtures/models/loopbackHub';
import { expect, test as base } from './fixtures';
import { writeHubFiles, writeModelFiles } from './replicaModels';
import { SAMPLE_PATHS } from './sampleImages';

const CLIP = 'CLIP ViT-B/32';
const DINO = 'DINOv2 Small';
const FINISHED = { timeout: 120_000 };

interface ModelFixtures {
  /** A folder of this test alone for everything about models. */
  scratch: string;
  hub: LoopbackHub;
}

/** Models go to `scratch/models` and come from a hub on this computer, which has those that a test puts there. */
const test = base.extend<ModelFixtures>({
  scratch: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-models-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  hub: async ({ scratch }, use) => {
    const hub = await LoopbackHub.start(path.join(scratch, 'hub'));
    await use(hub);
    await hub.close();
  },
  settings: ({ scratch, hub }, use) =>
    use({
      'datavisor.modelFolder': path.join(scratch, 'models'),
      'datavisor.modelEndpoint': hub.url,
      'datavisor.device': 'cpu',
    }),
});

test('models tag, stand side by side with the built-in tagger, and make maps of their own', async ({
  scratch,
  workbench,
}) => {
  const models = path.join(scratch, 'models');
  for (const name of ['clip-vit-base-patch32', 'dinov2-small']) writeModelFiles(models, name);
  const { length } = SAMPLE_PATHS;
  const sidebar = await workbench.sidebar();

  // What cannot be known without a model says how to get one.
  await workbench.command('DataVisor: Index Folder');
  await expect(sidebar.frame.getByText('The built-in tagger cannot know this').first()).toBeVisible();
  await sidebar.button('Choose a model…').first().click();
  const row = workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: /^CLIP/ });
  await expect(row).toContainText('on disk');
  await expect(row).toContainText(
    new RegExp(`(About .*|Under a second) for ${length} images \\([\\d.]+/s, CPU\\)`),
    FINISHED,
  );
  await workbench.chooseProvider(CLIP);
  await expect(sidebar.frame.getByRole('group', { name: 'Provider' })).toContainText(`Built-in + ${CLIP}`);

  await sidebar.button('Auto-Tag Images').click();
  const outcome = workbench.notification(new RegExp(`Auto-Tag finished in .*: ${length} images`));
  await expect(outcome).toContainText(`${CLIP} looked at ${length} on the CPU.`, FINISHED);
  for (const facet of ['Setting', 'Weather']) await expect(sidebar.facet(facet)).toBeVisible();
  await expect(sidebar.value('Lighting', 'dark')).toBeVisible(); // the built-in tagger ran too

  const { panel } = await workbench.openDataset();
  await panel.cell(0).click();
  const answers = panel.details().getByRole('region', { name: 'Answers by provider' });
  await expect(answers.getByRole('columnheader')).toHaveText(['Built-in tagger', CLIP]);
  await expect(answers.getByRole('row', { name: /^Lighting/ })).toContainText('–'); // CLIP was not asked
  await expect(answers.getByRole('row', { name: /^Setting/ })).toContainText(/indoor|outdoor|none of these/);

  // Its vectors have a map too; another model's come beside them.
  const alike = panel.frame.getByRole('combobox', { name: 'Alike by' });
  await expect(alike.locator('option')).toHaveText([new RegExp(CLIP), /Visual look/]);
  await workbench.clearNotifications();
  await workbench.command('DataVisor: Embed and Map');
  await workbench.pick(DINO);
  await expect(workbench.notification(`${DINO} looked at ${length} on the CPU.`)).toBeVisible(FINISHED);
  await expect(alike.locator('option:checked')).toHaveText(new RegExp(`^${DINO}`));
  await expect(panel.map).toHaveAccessibleName(`Map of ${length} points placed by likeness`);
  await alike.selectOption({ label: `Visual look (${length})` });
  await panel.button('Find Similar').click();
  await expect(panel.frame.getByText(/^Similar to .+: \d+$/)).toBeVisible();

  // CLIP has embedded them too, and it reads.
  await workbench.command('DataVisor: Search by Text');
  await workbench.type('a photo taken at night');
  await expect(panel.frame.getByText(`Found by “a photo taken at night”: ${length}`)).toBeVisible(FINISHED);
});

test('a model is downloaded after consent, paused, resumed and deleted', async ({
  scratch,
  hub,
  folder,
  workbench,
}) => {
  writeHubFiles(path.join(scratch, 'hub'), 'dinov2-small');
  hub.fail('onnx/', { kind: 'stall' }); // half of it comes
  await workbench.command('DataVisor: Manage Models');
  const page = workbench.webview('panel');
  const card = page.getByRole('article', { name: DINO });
  await expect(card).toContainText('Not on this computer');
  await expect(card).toContainText('Apache-2.0');
  await expect(page.getByRole('main')).toContainText(path.join(scratch, 'models'));

  // A workspace has no say in where models come from and go to.
  fs.mkdirSync(path.join(folder, '.vscode'));
  const wanted = {
    'datavisor.modelEndpoint': 'http://127.0.0.1:9',
    'datavisor.modelFolder': path.join(folder, 'evil'),
  };
  fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(wanted));
  await card.getByRole('button', { name: /^Download/ }).click();
  const { dialog } = workbench;
  await expect(dialog).toContainText(`Download ${DINO}? It has about 24 MB.`);
  await expect(dialog).toContainText(hub.url);
  await expect(dialog).toContainText(path.join(scratch, 'models'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(card).toContainText('Not on this computer');
  expect(hub.requests).toHaveLength(0);

  await card.getByRole('button', { name: /^Download/ }).click();
  await dialog.getByRole('button', { name: 'Download 24 MB' }).click();
  await expect(workbench.notification(`Downloading ${DINO}`)).toContainText(/ of /);
  await expect(card.getByRole('progressbar', { name: `Downloading ${DINO}` })).toBeVisible();
  await expect.poll(() => hub.requests.length + partFiles(scratch).length).toBeGreaterThan(0);
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(workbench.notification(`The download of ${DINO} is paused at`)).toBeVisible();
  await expect(card).toContainText(/Paused: .* of .* downloaded/);

  hub.heal();
  await card.getByRole('button', { name: /^Resume/ }).click();
  await expect(card).toContainText('On disk', FINISHED);
  await expect(card.getByRole('button', { name: /^Open Folder/ })).toBeVisible();
  await card.getByRole('button', { name: /^Delete/ }).click();
  await expect(dialog).toContainText(`Delete the files of ${DINO}`);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(card).toContainText('Not on this computer');
});

test('without a network it is said what is missing and where to put it', async ({ scratch, hub, workbench }) => {
  await hub.close();
  await workbench.command('DataVisor: Auto-Tag');
  await workbench.chooseProvider(CLIP);
  const { dialog } = workbench;
  await dialog.getByRole('button', { name: /^Download/ }).click();
  const failure = workbench.notification('cannot be reached');
  await expect(failure).toBeVisible(FINISHED);
  await failure.getByRole('button', { name: 'Without Network…' }).click();
  await expect(dialog).toContainText('onnx/vision_model_quantized.onnx');
  await expect(dialog).toContainText(path.join(scratch, 'models', 'Xenova', 'clip-vit-base-patch32'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // Put there by hand, it is taken as it is.
  writeModelFiles(path.join(scratch, 'models'), 'clip-vit-base-patch32');
  await workbench.clearNotifications();
  await workbench.command('DataVisor: Auto-Tag');
  await expect(workbench.notification(`${CLIP} looked at`)).toBeVisible(FINISHED);
});

test('a model is taken from a folder of one’s own, and what is wrong with the folder is said', async ({
  scratch,
  workbench,
}) => {
  const own = path.join(scratch, 'own');
  writeHubFiles(own, 'dinov2-small'); // the layout of a copy of the hub's repository
  const wrong = path.join(scratch, 'wrong');
  fs.mkdirSync(wrong);
  await workbench.command('DataVisor: Manage Models');
  const page = workbench.webview('panel');
  const card = page.getByRole('article', { name: DINO });
  await card.getByRole('button', { name: /^Use a Folder/ }).click();
  await workbench.chooseFolder(wrong);
  await expect(page.getByRole('alert')).toContainText(`The folder ${wrong} does not hold the model ${DINO}`);

  await card.getByRole('button', { name: /^Use a Folder/ }).click();
  await workbench.chooseFolder(own);
  await expect(card).toContainText('In a folder of yours');
  await expect(page.getByRole('alert')).toHaveCount(0);
  fs.renameSync(own, `${own} elsewhere`);
  await workbench.command('DataVisor: Manage Models');
  await expect(card.getByRole('alert')).toContainText('Its folder cannot be used');
  await card.getByRole('button', { name: /^Stop Using This Folder/ }).click();
  await expect(card).toContainText('Not on this computer');
});

/** What a download that is under way has written. */
function partFiles(scratch: string): string[] {
  const folder = path.join(scratch, 'models');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.part'));
}
