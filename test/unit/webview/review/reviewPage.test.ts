import assert from 'node:assert/strict';
import { layoutPage, LEAST_ON_PAGE, pageAt } from '../../../../webview/panel/review/pageLayout';
import { PageMarks } from '../../../../webview/panel/review/pageMarks';

describe('a page of the review', () => {
  it('holds as many thumbnails as fit', () => {
    const layout = layoutPage(1000, 900, 120);
    assert.equal(layout.columns, 7);
    assert.equal(layout.cellWidth, 133);
    assert.equal(layout.rows, 5);
    assert.equal(layout.size, 35);
  });

  it('holds twenty at least, in whole rows, however small it is', () => {
    const layout = layoutPage(420, 100, 120);
    assert.equal(layout.columns, 3);
    assert.equal(layout.size, 21);
    assert.ok(layoutPage(0, 0, 120).size >= LEAST_ON_PAGE);
  });

  it('is the one with the current suggestion; the last one may be short', () => {
    assert.deepEqual(pageAt(0, 20, 45), { number: 0, pages: 3, first: 0, last: 19 });
    assert.deepEqual(pageAt(20, 20, 45), { number: 1, pages: 3, first: 20, last: 39 });
    assert.deepEqual(pageAt(44, 20, 45), { number: 2, pages: 3, first: 40, last: 44 });
  });
});

describe('marks on a page of the review', () => {
  const marked = (marks: PageMarks) => Array.from({ length: 10 }, (_, i) => i).filter((i) => marks.has(i));
  const always = () => true;

  it('come and go one by one', () => {
    const marks = new PageMarks();
    marks.toggle(3);
    marks.toggle(5);
    marks.toggle(3);
    assert.deepEqual(marked(marks), [5]);
    assert.equal(marks.size, 1);
  });

  it('grow from the mark that was set last, in both directions, over what can be marked', () => {
    const marks = new PageMarks();
    marks.toggle(4);
    marks.extend(4, 6, (index) => index !== 5);
    assert.deepEqual(marked(marks), [4, 6]);
    marks.extend(6, 2, always);
    assert.deepEqual(marked(marks), [2, 3, 4, 6]);
  });

  it('grow from where one stands when nothing was marked', () => {
    const marks = new PageMarks();
    marks.extend(2, 4, always);
    assert.deepEqual(marked(marks), [2, 3, 4]);
  });

  it('cover the whole page, and are taken back when they do', () => {
    const marks = new PageMarks();
    marks.toggle(1);
    marks.toggleAll([0, 1, 2]);
    assert.deepEqual(marked(marks), [0, 1, 2]);
    marks.toggleAll([0, 1, 2]);
    assert.deepEqual(marked(marks), []);
  });
});
