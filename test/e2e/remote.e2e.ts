import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { LoopbackChat } from '../fixtures/remote/loopbackChat';
import { expect, test as base } from './fixtures';
import { writeModelFiles } from './replicaModels';
import { SAMPLE_PATHS } from './sampleImages';
import type { Workbench } from './workbench';

const SERVER = 'OpenAI-compatible server';
const MODEL = 'llava:7b';
const TITLE = `${MODEL} (${SERVER})`;
const KEY = 'sk-e2e-5b1f6a3c9d';
const CLIP = 'CLIP ViT-B/32';
const FINISHED = { timeout: 120_000 };

interface RemoteFixtures {
  /** A server on this computer that answers as a provider does. */
  chat: LoopbackChat;
  /** A folder of this test alone for files of models. */
  models: string;
}

const test = base.extend<RemoteFixtures>({
  chat: async ({}, use) => {
    const chat = await LoopbackChat.start();
    await use(chat);
    await chat.close();
  },
  models: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-models-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  settings: ({ models }, use) =>
    use({
      'datavisor.modelFolder': models,
      'datavisor.device': 'cpu',
      'datavisor.remoteLimits': { 'openai-compatible': { requestsPerMinute: 60_000 } },
    }),
});

/** Chooses the provider and answers what it asks, the key last. */
async function setUp(workbench: Workbench, endpoint: string): Promise<void> {
  const { page } = workbench;
  await workbench.chooseProvider(SERVER);
  for (const [prompt, text] of [
    ['Address of its API', endpoint],
    ['Which model?', MODEL],
    ['Key for ', KEY],
  ]) {
    await expect(page.locator('.quick-input-message')).toContainText(prompt);
    await workbench.type(text);
  }
}

/** All files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(text));
}

test('images are sent to a remote provider after consent, its answers become tags, and its key is in no file', async ({
  chat,
  folder,
  server,
  workbench,
}) => {
  test.skip(process.platform === 'win32', 'Windows leads 0.0.0.0 nowhere');
  const host = `0.0.0.0:${chat.port}`; // on this computer, but nobody could know by its name
  const { length } = SAMPLE_PATHS;
  const { dialog } = workbench;
  await workbench.command('DataVisor: Auto-Tag');
  await setUp(workbench, `http://${host}/v1`);
  await expect(dialog).toContainText(`Send ${length} images of photos to ${host}?`, FINISHED);
  await expect(dialog).toContainText('without EXIF and other metadata, and without its file name');
  await expect(dialog).toContainText('It goes over http');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(workbench.notification(`Nothing was sent to ${host}`)).toBeVisible();
  expect(chat.requests).toHaveLength(0);

  const sidebar = await workbench.sidebar();
  await expect(sidebar.value('Lighting', 'dark')).toBeVisible(); // the built-in tagger had its turn
  await expect(sidebar.frame.getByRole('group', { name: 'Provider' })).toContainText(`Built-in + ${TITLE}`);
  await workbench.clearNotifications();
  await workbench.command('DataVisor: Auto-Tag');
  await dialog.getByRole('button', { name: 'Send Images' }).click();
  await expect(workbench.notification(`${TITLE} answered for ${length} (${host})`)).toBeVisible(FINISHED);
  expect(new Set(chat.requests.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${KEY}`]));
  for (const facet of ['Setting', 'Weather']) await expect(sidebar.facet(facet)).toBeVisible();

  const { panel } = await workbench.openDataset();
  await panel.cell(0).click();
  const answers = panel.details().getByRole('region', { name: 'Answers by provider' });
  await expect(answers.getByRole('columnheader')).toHaveText(['Built-in tagger', TITLE]);

  // Nobody is asked again, and nothing is sent again.
  const { length: sent } = chat.requests;
  await workbench.clearNotifications();
  await workbench.command('DataVisor: Auto-Tag');
  await expect(workbench.notification(`${TITLE} had answered for all of them before`)).toBeVisible(FINISHED);
  expect(chat.requests).toHaveLength(sent);

  await workbench.command('DataVisor: Withdraw Consent for Sending Images');
  await expect(workbench.page.locator('.quick-input-list .monaco-list-row')).toHaveText([new RegExp(host)]);
  await workbench.page.keyboard.press('Enter');
  await expect(workbench.notification(`are sent to ${host} no more`)).toBeVisible();

  expect(filesWith(folder, host)).not.toHaveLength(0); // the search would find it
  for (const place of [folder, server.scratch]) expect(filesWith(place, KEY)).toEqual([]);
});

test('what a provider refuses says what to do, and nothing is kept of what was not finished', async ({
  chat,
  workbench,
}) => {
  const { page } = workbench;
  chat.options = { status: 401 };
  await workbench.command('DataVisor: Choose Provider');
  await workbench.chooseProvider(SERVER);
  const prompt = page.locator('.quick-input-message');
  await expect(prompt).toContainText('Address of its API');
  await workbench.type('api.example.com');
  await expect(prompt).toContainText('Type the address');
  await workbench.type(chat.url);
  await expect(prompt).toContainText('Which model?');
  await page.keyboard.press('Escape');
  const sidebar = await workbench.sidebar();
  await expect(sidebar.frame.getByRole('group', { name: 'Provider' })).toContainText('Built-in tagger');

  await workbench.command('DataVisor: Auto-Tag');
  await setUp(workbench, chat.url);
  const failure = workbench.notification('refuses the key that you gave it');
  await expect(failure).toBeVisible(FINISHED);
  await expect(failure).not.toContainText(KEY);
  await failure.getByRole('button', { name: 'Set Key…' }).click();
  await expect(page.locator('.quick-input-title')).toHaveText('Whose key?');
});

test('several models tag in one run, and each stands for itself', async ({ chat, models, workbench }) => {
  writeModelFiles(models, 'clip-vit-base-patch32');
  const { length } = SAMPLE_PATHS;
  await workbench.command('DataVisor: Choose Provider');
  await setUp(workbench, chat.url);
  await workbench.command('DataVisor: Choose Provider');
  await workbench.page.locator('.quick-input-widget input.input').fill('Several');
  await workbench.page.keyboard.press('Enter');
  await expect(workbench.page.locator('.quick-input-title')).toContainText('Which models');
  await workbench.pick(CLIP); // the other one is marked already
  await workbench.page.keyboard.press('Enter');
  const sidebar = await workbench.sidebar();
  await expect(sidebar.frame.getByRole('group', { name: 'Provider' })).toContainText(`Built-in + ${CLIP} + ${TITLE}`);

  await workbench.command('DataVisor: Auto-Tag');
  const outcome = workbench.notification(`${CLIP} looked at ${length} on the CPU.`);
  await expect(outcome).toContainText(`${TITLE} answered for ${length} (127.0.0.1:${chat.port})`, FINISHED);
  const { panel } = await workbench.openDataset();
  await panel.cell(0).click();
  const answers = panel.details().getByRole('region', { name: 'Answers by provider' });
  await expect(answers.getByRole('columnheader')).toHaveText(['Built-in tagger', CLIP, TITLE]);
});

test.describe('in a workspace that is not trusted', () => {
  test.use({
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });

  test('no remote provider is offered, and it is said why', async ({ workbench }) => {
    await workbench.command('DataVisor: Choose Provider');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await workbench.page.locator('.quick-input-widget input.input').fill('trust');
    await expect(rows.filter({ hasText: 'Not offered here' })).toContainText('only from a workspace that you trust');
    await workbench.page.locator('.quick-input-widget input.input').fill(SERVER);
    await expect(rows.filter({ hasText: 'Manage Models' })).toBeVisible(); // the list is filtered by now
    await expect(rows.filter({ hasText: SERVER })).toHaveCount(0);
  });
});
