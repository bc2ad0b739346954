import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applySplices, fittingSplices, moveSplice } from '../../../../src/core/text/splices';

describe('Splices of a text', () => {
  it('keep their text while the text before and after them changes', () => {
    const around = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string(), fc.string());
    fc.assert(
      fc.property(around, fc.boolean(), ([before, part, behind, old, added], first) => {
        const text = first ? old + before + part + behind : before + part + behind + old;
        const start = before.length + (first ? old.length : 0);
        const splice = { start, end: start + part.length, text: 'new' };
        const rangeOffset = first ? 0 : text.length - old.length;
        const moved = moveSplice(splice, { rangeOffset, rangeLength: old.length, text: added });
        const changed = first ? added + before + part + behind : before + part + behind + added;
        if (part !== '') assert.equal(changed.slice(moved.start, moved.end), part);
      }),
    );
  });

  it('never overlap or exceed the text', () => {
    const splice = fc.record({ start: fc.nat(20), end: fc.nat(20), text: fc.string() });
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), fc.array(splice), (text, splices) => {
        const fitting = fittingSplices(text, splices);
        const lengths = fitting.reduce(
          (sum, { start, end, text: added }) => sum + added.length - (end - start),
          0,
        );
        assert.equal(applySplices(text, fitting).length, text.length + lengths);
      }),
    );
  });
});
