import { expect, test } from './fixtures';
import { PolicyTab } from './policyTab';
import { SAMPLE_PATHS } from './sampleImages';
import type { Sidebar } from './sidebar';
import { TagsTab } from './tagsTab';

test.use({ images: 'tagged', viewport: { width: 1280, height: 900 } });

const BUILTIN = 'Built-in tagger';

test('a threshold moved by keyboard says what it accepts, and the tags follow', async ({ workbench }) => {
  const { sidebar, panel } = await workbench.openDataset();
  const { keyboard } = workbench.page;
  const before = await sidebar.share('Lighting', 'dark');
  const policy = new PolicyTab(panel.frame);
  await policy.show();
  const slider = policy.slider(BUILTIN);
  const builtin = policy.provider(BUILTIN);
  await expect(builtin).toContainText(/[\d,]+ of [\d,]+ answers, \d+ %/);
  await expect(builtin).toContainText('inherited');
  const valueText = async () => (await slider.getAttribute('aria-valuetext')) ?? '';
  const [, total] = /of ([\d,]+) answers/.exec(await valueText()) ?? [];
  await slider.focus();
  await keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^100: [\\d,]+ of ${total} answers, \\d?\\d %$`));
  await expect(policy.outcome).toContainText('Saved');
  await expect.poll(async () => (await tagTotals(sidebar)).get('Lighting dark') ?? 0).toBeLessThan(before.total);
  await expect(builtin.getByRole('button', { name: /^Use inherited threshold/ })).toBeVisible();

  // A rule of one dimension goes before that of the provider.
  await builtin.getByRole('button', { name: /^Rules by dimension/ }).click();
  await policy.number(`${BUILTIN}, Lighting`).fill('50');
  await keyboard.press('Enter');
  await expect.poll(async () => (await tagTotals(sidebar)).get('Lighting dark')).toBe(before.total);
  await expect(builtin.getByRole('button', { name: /^Rules by dimension \(1 set\)/ })).toBeVisible();

  await builtin.getByRole('button', { name: /^Use inherited threshold .* for Built-in tagger$/ }).click();
  await expect(slider).not.toHaveValue('100');
  await expect.poll(async () => (await tagTotals(sidebar)).size).toBeGreaterThan(3);
});

test('suggestions wait for a person where nothing is approved automatically, and images have at most so many tags', async ({
  workbench,
}) => {
  const { sidebar, panel } = await workbench.openDataset();
  const before = await sidebar.share('Lighting', 'dark');
  const policy = new PolicyTab(panel.frame);
  await policy.show();
  await expect(policy.approves).toBeChecked();
  await policy.approves.uncheck();
  await expect(policy.frame.getByText('suggestions wait in Review').first()).toBeVisible();
  await expect.poll(async () => (await tagTotals(sidebar)).get('Lighting dark') ?? 0).toBe(0);
  const tags = new TagsTab(panel.frame);
  await tags.show();
  await expect(tags.row('dark').getByRole('cell').nth(4)).toHaveText(String(before.total)); // they are undecided

  await policy.show();
  await policy.approves.check();
  await expect.poll(async () => (await tagTotals(sidebar)).get('Lighting dark')).toBe(before.total);

  await policy.most.fill('1');
  await policy.most.press('Enter');
  const sum = async () => [...(await tagTotals(sidebar)).values()].reduce((a, b) => a + b, 0);
  await expect.poll(sum).toBeLessThanOrEqual(SAMPLE_PATHS.length);
  await policy.frame.getByRole('button', { name: /^Use inherited most tags/ }).click();
  await expect(policy.most).toHaveValue('10');
  await expect.poll(sum).toBeGreaterThan(SAMPLE_PATHS.length);
});

/** How many images have each tag of the built-in tagger, as the facets say: "Lighting dark" → 12. */
async function tagTotals(sidebar: Sidebar): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  for (const facet of ['Lighting', 'Clarity', 'Colours', 'Attributes']) {
    // All at once: one that goes meanwhile would be waited for.
    const boxes = sidebar.facet(facet).getByRole('checkbox');
    for (const label of await boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label') ?? ''))) {
      const [, value, total] = /^(.*), [\d,]+ of ([\d,]+) images?$/.exec(label) ?? [];
      if (value) totals.set(`${facet} ${value}`, Number(total?.replaceAll(',', '')));
    }
  }
  return totals;
}
