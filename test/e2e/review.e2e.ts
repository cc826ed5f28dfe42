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
  const { panel } = await workbench.openDataset();
  await panel.frame.getByRole('tab', { name: 'Images' }).focus();
  await workbench.page.keyboard.press('ArrowRight');
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
    await review.expectDecided(decided, size);
  }
  const at = await question(review);

  await review.saved();
  await workbench.saved(/datavisor\.panel.*mode[\\":]+single/);
  await workbench.reload();
  review = new ReviewTab(workbench.panel.frame);
  await review.expectDecided(0, size - decided); // another queue: of what is left
  expect(await question(review)).toBe(at);
  await review.tabTo(review.single.getByRole('button', { name: 'Previous image' }));
  const left = size - decided;
  let more = 0;
  while (decided + more < 210) {
    await review.press(more % 4 === 0 ? 'r' : 'a');
    more++;
    await review.expectDecided(more, left);
  }
  // what was decided before the reload can be undone after it
  for (let step = 0; step < more + 1; step++) await review.press('u');
  await expect(review.announcement).toHaveText(/Undone: /);
  for (let step = 0; step < more + 1; step++) await review.press('Control+y');
  await review.expectDecided(more, left);

  await review.saved();
  const [held] = await readDatabase(folder, DECIDED);
  expect(Number(held?.['approved']) + Number(held?.['rejected'])).toBe(210);
  expect(held?.['times']).toBe(1);
  expect(await readDatabase(folder, WRONG_TAGS)).toEqual([]);
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
