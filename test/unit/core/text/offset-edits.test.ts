import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyOffsetEdits,
  fittingOffsetEdits,
  joins,
  adjustOffsetEdit,
  widenOffsetEdit,
} from '../../../../src/core/text/offset-edits';

describe('Splices of a text', () => {
  it('keep their text while the text before and after them changes', () => {
    const around = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string(), fc.string());
    fc.assert(
      fc.property(around, fc.boolean(), ([before, part, behind, old, added], first) => {
        const text = first ? old + before + part + behind : before + part + behind + old;
        const start = before.length + (first ? old.length : 0);
        const offsetEdit = { start, end: start + part.length, text: 'new' };
        const rangeOffset = first ? 0 : text.length - old.length;
        const moved = adjustOffsetEdit(offsetEdit, { rangeOffset, rangeLength: old.length, text: added });
        const changed = first ? added + before + part + behind : before + part + behind + added;
        if (part !== '') assert.equal(changed.slice(moved.start, moved.end), part);
      }),
    );
  });

  const code = 'return 1';
  const edits: readonly (readonly [
    title: string,
    at: number,
    text: string,
    joined: boolean,
    code?: string,
  ])[] = [
    ['is joined by what is typed before it', 4, 'x', true],
    ['is joined by what is typed behind it', 12, '0', true],
    ['is joined by the rest of a line that is pasted before it', 4, 'a\n  x', true],
    ['is not joined by a line before it', 4, 'a\n', false],
    ['is not joined by a line behind it', 12, '\nb', false],
    ['is not joined by white space', 4, '  ', false],
    ['is not joined by the next line if it ends with a line break', 13, 'b', false, `${code}\n`],
    ['is not joined by the line before if it begins with a line break', 3, 'b', false, `\n${code}`],
    ['is not joined by text within it', 6, 'x', false],
    ['is not joined by text elsewhere', 2, 'x', false],
  ];
  for (const [title, at, text, joined, asked = code] of edits) {
    it(`follow code that ${title}`, () => {
      const start = asked.startsWith('\n') ? 3 : 4;
      const offsetEdit = { start, end: start + asked.length, text: '' };
      const edit = { rangeOffset: at, rangeLength: 0, text };
      assert.equal(joins(edit, offsetEdit, asked), joined);
      const widened = widenOffsetEdit(offsetEdit, edit);
      if (joined) assert.equal(widened.end - widened.start, asked.length + text.length);
    });
  }

  it('never overlap or exceed the text', () => {
    const offsetEdit = fc.record({ start: fc.nat(20), end: fc.nat(20), text: fc.string() });
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), fc.array(offsetEdit), (text, offsetEdits) => {
        const fitting = fittingOffsetEdits(text, offsetEdits);
        const lengths = fitting.reduce(
          (sum, { start, end, text: added }) => sum + added.length - (end - start),
          0,
        );
        assert.equal(applyOffsetEdits(text, fitting).length, text.length + lengths);
      }),
    );
  });
});
