import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { PolicyTab } from './policyTab';
import { TagsTab } from './tagsTab';

// axe tries colours out in inline styles, which the policy of the pages forbids.
test.use({ images: 'tagged', viewport: { width: 1400, height: 1000 }, bypassCSP: true });
test.setTimeout(300_000);

const THEMES = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

const SIDEBAR = 'iframe.webview[src*="extensionId=datavisor.datavisor"][src*="purpose=webviewView"]';
const PANEL = 'iframe.webview[src*="extensionId=datavisor.datavisor"]:not([src*="purpose=webviewView"])';

for (const theme of THEMES) {
  test(`every part has the names, roles and contrast that people rely on, in ${theme}`, async ({
    page,
    workbench,
  }, info) => {
    const { sidebar, panel } = await workbench.openDataset();
    await workbench.command('Preferences: Color Theme');
    await workbench.pick(theme);
    const check = async (where: string, frame: string) => {
      expect.soft((await violations(page, frame)).join('\n'), where).toBe('');
      const file = info.outputPath(`${where}.png`);
      await page.screenshot({ path: file });
      await info.attach(where, { path: file, contentType: 'image/png' });
    };
    await sidebar.pick('Lighting', 'dark');
    await panel.cell(0).click();
    await expect(panel.details()).toContainText('Dimensions');
    // The ground of the side bar is VS Code's own and shines through; axe would take it for white.
    await sidebar.frame.locator('body').evaluate((body) => {
      body.style.backgroundColor = 'var(--vscode-sideBar-background)';
    });
    await check('sidebar', SIDEBAR);
    await check('images', PANEL);

    const tab = (name: string) =>
      panel.frame.getByRole('tablist', { name: 'Parts of the panel' }).getByRole('tab', { name }).click();
    await tab('Duplicates');
    await expect(panel.frame.getByRole('radio').first()).toBeVisible();
    await expect(panel.frame.getByRole('article').first().getByRole('img').first()).toBeVisible();
    await check('duplicates', PANEL);
    await tab('Quality');
    await expect(panel.frame.getByRole('slider', { name: 'Threshold of Dark' })).toBeVisible();
    await check('quality', PANEL);
    const review = await panel.review();
    await expect(review.tag('dark')).toBeVisible();
    await check('review', PANEL);
    await review.button('By Confidence').click();
    await expect(review.button(/^Approve \d+ suggestions?$/)).toBeVisible();
    await review.button('One by One').click();
    await expect(review.single.getByRole('img').first()).not.toHaveJSProperty('naturalWidth', 0);
    await expect(review.choices.first()).toBeVisible();
    await review.press('?');
    await expect(review.frame.getByRole('dialog', { name: 'Keys' })).toBeFocused();
    await check('review one by one', PANEL);
    await review.press('Escape');
    await review.button('Rates').click();
    await expect(review.frame.getByRole('slider', { name: /^Threshold of / })).toBeVisible();
    await check('review rates', PANEL);
    const tags = new TagsTab(panel.frame);
    await tags.show('Tags');
    await tags.select('dark', 'bright');
    await check('tags', PANEL);
    await tags.button('Merge…').click();
    await expect(tags.dialog).toContainText('images change');
    await check('merge dialog', PANEL);
    await page.keyboard.press('Escape');
    await tags.show('Mapping');
    await tags.frame.getByRole('textbox', { name: 'Another name to map' }).fill('dark');
    await page.keyboard.press('Enter');
    await expect(tags.mapping('dark').getByRole('combobox', { name: 'Own tag for dark' })).toBeFocused();
    await check('mapping', PANEL);
    await tags.show('Aliases and implications');
    await expect(tags.frame.getByRole('heading', { name: 'Implications' })).toBeVisible();
    await check('aliases and implications', PANEL);
    const policy = new PolicyTab(panel.frame);
    await policy.show();
    await policy
      .provider('Built-in tagger')
      .getByRole('button', { name: /^Rules by dimension/ })
      .click();
    await expect(policy.slider('Built-in tagger, Lighting')).toBeVisible();
    await check('policy', PANEL);
    await tab('Runs');
    await expect(panel.frame.getByRole('tabpanel', { name: 'Runs' })).toContainText('Drawing the map');
    await check('runs', PANEL);
  });
}

/** What axe finds in one of our webviews, a line each: the rule, what is wrong, and where. */
async function violations(page: Page, frame: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include([frame, 'iframe#active-frame', 'body'])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => {
      const why = (failureSummary ?? '').split('\n').slice(1).join('; ').replace(/\s+/g, ' ').trim();
      return `${id}: ${why} ${html.replace(/\s+/g, ' ').slice(0, 200)}`;
    }),
  );
}
