import assert from 'node:assert/strict';
import { ScrollMap, TALLEST } from '../../../webview/panel/grid/scrollMap';

describe('scroll map', () => {
  it('is one to one while the content fits', () => {
    const map = new ScrollMap();
    map.resize(5000, 500);
    assert.equal(map.spacerHeight, 5000);
    map.scrolled(1234);
    assert.equal(map.top, 1234);
    assert.equal(map.shift, 0);
  });

  it('reaches both ends of content of fifty million pixels by dragging the scrollbar', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    assert.equal(map.spacerHeight, TALLEST);
    map.scrolled(TALLEST - 800);
    assert.equal(map.top, 50_000_000 - 800);
    map.scrolled(0);
    assert.equal(map.top, 0);
  });

  it('moves tall content by as many pixels as a small step has', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    map.scrolled(4_000_000);
    const before = map.top;
    map.scrolled(4_000_100);
    assert.equal(map.top, before + 100);
    map.scrolled(4_002_100);
    assert.equal(map.top, before + 2100, 'a fast wheel is no jump');
  });

  it('places rows where they are seen at the right distance from the view', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    map.scrolled(4_000_000);
    const rowInContent = map.top + 40;
    assert.equal(rowInContent - map.shift, 4_000_040);
  });

  it('settles the scrollbar after small steps without moving the content', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    map.scrolled(4_000_000);
    for (let step = 1; step <= 50; step++) map.scrolled(4_000_000 + 100 * step);
    const top = map.top;
    map.settle();
    assert.equal(map.top, top);
    assert.ok(map.scrollTop < 4_005_000, 'the scrollbar went less far than the steps');
    map.scrolled(map.scrollTop);
    assert.equal(map.top, top, 'the event of that scrolling changes nothing');
  });

  it('asks to be settled when small steps run into the end of the scrollbar before that of the content', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    map.moveTo(1000);
    assert.equal(map.scrollTop, 160);
    assert.equal(map.scrolled(0), true);
    assert.equal(map.top, 840);
    map.settle();
    assert.ok(map.scrollTop > 0, 'there is room to scroll on');
  });

  it('keeps to the content when it shrinks', () => {
    const map = new ScrollMap();
    map.resize(50_000_000, 800);
    map.moveTo(40_000_000);
    map.resize(3000, 800);
    assert.equal(map.top, 2200);
    assert.equal(map.scrollTop, 2200);
  });
});
