import { expect, test } from './fixtures';
import { readDatabase } from './readDatabase';
import { ReviewTab } from './reviewTab';

test.use({ images: 'tagged' });

/** What holds now of what people decided, and how often the log says so for one image and tag. */
const DECIDED = `
  WITH last AS (
    SELECT sample_id, tag, arg_max(action, id) AS action, count(*) FILTER (cause = 'do') AS times
    FROM decisions GROUP BY ALL
  )
  SELECT count(*) FILTER (action = 'approved')::INTEGER AS approved,
    count(*) FILTER (action = 'rejected')::INTEGER AS rejected,
    coalesce(max(times), 0)::INTEGER AS times
  FROM last WHERE action <> 'withdrawn'`;

/** Tags that are not as the decisions say. */
const WRONG_TAGS = `
  WITH last AS (SELECT sample_id, tag, arg_max(action, id) AS action FROM decisions GROUP BY ALL)
  SELECT sample_id, tag, action FROM last JOIN samples ON samples.id = sample_id
  WHERE (action = 'approved' AND NOT list_contains(tags, tag)) OR (action = 'rejected' AND list_contains(tags, tag))`;

test('200 suggestions are reviewed by keyboard alone, with undo and redo, over a reload', async ({
  workbench,
  folder,
}) => {
  test.slow(); // some three hundred keys, one after the other
  const { panel } = await workbench.openDataset();
  await panel.frame.getByRole('tab', { name: 'Images' }).focus();
  for (let i = 0; i < 3; i++) await workbench.page.keyboard.press('ArrowRight');
  let review = new ReviewTab(panel.frame);
  const size = await review.size();
  expect(size).toBeGreaterThan(220);
  await review.tabTo(review.cells);

  // one by one in the grid
  await review.press('a', 'a', 'r');
  await review.expectDecided(3, size);
  await expect(review.cell(0)).toHaveAccessibleName(/approved/);
  await expect(review.cell(2)).toHaveAccessibleName(/rejected/);
  await expect(review.cell(3)).toBeFocused();
  await expect(review.announcement).toHaveText(`Rejected “${await tagOf(review, 2)}”. ${size - 3} left.`);

  // a page: what is wrong is marked, the rest accepted
  await review.press('Space', 'ArrowRight', 'ArrowRight', 'Space');
  await expect(review.cell(3)).toHaveAttribute('aria-selected', 'true');
  await expect(review.cell(4)).toHaveAttribute('aria-selected', 'false');
  const onPage = await review.cells.count();
  await review.press('Shift+Enter');
  await review.expectDecided(onPage, size);
  await expect(review.cell(onPage)).toBeFocused();
  await expect(review.announcement).toHaveText(
    `Approved ${onPage - 5} and rejected 2 suggestions. ${size - onPage} left.`,
  );

  // one undo takes back the whole page, redo decides it again
  await review.press('Control+z');
  await review.expectDecided(3, size);
  await review.press('Control+Shift+z');
  await review.expectDecided(onPage, size);
  await review.press('PageUp');
  await expect(review.cell(3)).toHaveAccessibleName(/rejected/);
  await expect(review.cell(4)).toHaveAccessibleName(/approved/);
  await review.press('PageDown');

  let decided = onPage;
  while (decided < 120) {
    const open = await review.cells.count();
    await review.press('Shift+Enter');
    decided += open;
    await review.expectDecided(decided, size);
  }

  // one image after the other
  await review.press('Enter');
  await expect(review.single).toBeFocused();
  await review.press('a', 'r', 'a');
  decided += 3;
  await review.expectDecided(decided, size);
  await review.press('u');
  await review.expectDecided(decided - 1, size);
  await expect(review.announcement).toHaveText(/Undone: /);
  await review.press('Control+Shift+z');
  await review.expectDecided(decided, size);
  await review.press('j');
  while (decided < 150) {
    await review.press(decided % 3 === 0 ? 'r' : 'a');
    decided++;
  }
  await review.expectDecided(decided, size);
  const at = await question(review);

  await review.saved();
  await workbench.saved(/datavisor\.panel.*mode[\\":]+single/);
  await workbench.reload();
  review = new ReviewTab(workbench.panel.frame);
  await review.expectDecided(0, size - decided); // another queue: of what is left
  expect(await question(review)).toBe(at);
  await review.tabTo(review.single.getByRole('button', { name: 'Previous image' }));
  const left = size - decided;
  // what was decided before the reload can be undone after it
  await review.press('u');
  await expect(review.button(/^1 new/)).toBeVisible();
  await review.press('Control+y');
  await expect(review.button(/^1 new/)).toHaveCount(0);
  let more = 0;
  while (decided + more < 210) {
    await review.press(more % 4 === 0 ? 'r' : 'a');
    more++;
  }
  await review.expectDecided(more, left);
  await review.press('u', 'u', 'u');
  await review.expectDecided(more - 3, left);
  await review.press('Control+y', 'Control+y', 'Control+y');
  await review.expectDecided(more, left);

  await review.saved();
  const [held] = await readDatabase(folder, DECIDED);
  expect(Number(held?.['approved']) + Number(held?.['rejected'])).toBe(210);
  expect(held?.['times']).toBe(1);
  expect(await readDatabase(folder, WRONG_TAGS)).toEqual([]);
});

test('suggestions are decided by confidence, image by image, and thresholds set from how they turned out', async ({
  workbench,
  folder,
}) => {
  const { panel } = await workbench.openDataset();
  const review = await panel.review();
  const size = await review.size();

  // by confidence: a count as one types, a question, one step to undo
  await review.button('By Confidence').click();
  await review.frame.getByRole('spinbutton', { name: 'Approve all at or above' }).fill('95');
  const approve = review.button(/^Approve \d+ suggestions$/);
  const count = Number(/\d+/.exec((await approve.getAttribute('aria-label')) ?? '')?.[0]);
  expect(count).toBeGreaterThan(20);
  await approve.click();
  const asking = review.frame.getByRole('alertdialog');
  await expect(asking).toHaveAccessibleName(`Approve ${count} suggestions of all tags at or above 95 %?`);
  await review.press('Escape');
  await expect(approve).toBeFocused();
  await approve.click();
  await review.press('Enter');
  await review.expectDecided(count, size);
  await review.saved();
  const [held] = await readDatabase(folder, DECIDED);
  expect(held).toMatchObject({ approved: count, rejected: 0, times: 1 });
  await review.press('Control+z');
  await review.expectDecided(0, size);

  // one tag, one image, two of its suggestions at once
  await review.tag('sharp').click();
  await expect(review.grid).toHaveAccessibleName(/^Suggestions of sharp, page 1/);
  const sharp = await review.size();
  await review.cells.first().dblclick();
  await expect(review.question).toHaveText('sharp?');
  await expect(review.single.getByRole('img').first()).not.toHaveJSProperty('naturalWidth', 0);
  await expect(review.choices.nth(1)).toBeVisible();
  await review.press('2');
  await expect(review.choices.nth(1)).toBeChecked();
  await review.press('a');
  await review.expectDecided(1, sharp);
  await review.saved();
  expect((await readDatabase(folder, DECIDED))[0]).toMatchObject({ approved: 2, rejected: 0 });
  await review.press('?');
  await expect(review.frame.getByRole('dialog', { name: 'Keys' })).toBeFocused();
  await review.press('Escape');
  await expect(review.single).toBeFocused();

  // what a threshold would accept, live; then in force
  await review.button('Rates').click();
  const threshold = review.frame.getByRole('slider', { name: /^Threshold of sharp/ });
  await expect(threshold).toHaveValue('50');
  await threshold.fill('85');
  await expect(review.frame.getByText('At 85 %:')).toBeVisible();
  await review.button('Use This Threshold').click();
  await expect(review.announcement).toHaveText(/Threshold of clarity .* is 85 % now/);
  await review.button('Grid').click();
  await expect.poll(() => review.size()).toBeLessThan(sharp);

  // alike ones, on the tab with the images
  await review.cells.first().focus();
  await review.press('f');
  await expect(panel.frame.getByRole('tab', { name: 'Images' })).toHaveAttribute('aria-selected', 'true');
  await expect(panel.frame.getByText(/^Similar to .+: \d+$/)).toBeVisible();
  const again = await panel.review();
  await again.frame.getByRole('checkbox', { name: 'Only images that pass the filter' }).check();
  await expect.poll(() => again.size()).toBeLessThan(sharp);
});

async function tagOf(review: ReviewTab, index: number): Promise<string> {
  return ((await review.cell(index).getAttribute('aria-label')) ?? '').split('?')[0] ?? '';
}

/** What is asked of which image. */
async function question(review: ReviewTab): Promise<string> {
  const image = review.single.getByRole('img').first();
  await expect(image).toBeVisible();
  return `${await review.question.innerText()} ${await image.getAttribute('alt')}`;
}
