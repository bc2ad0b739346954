import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locateOnlyText, locateText } from '../../../../src/core/text/locate-text';

const anyLine = fc.constantFrom('a', 'b', 'ab', '', 'a b');
const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 8 });

describe('A part of a document', () => {
  it('is found at its place if the document has not changed', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(7), fc.nat(7), (document, from, length) => {
        const first = from % document.length;
        const part = document.slice(first, first + 1 + length).join('\n');
        const text = document.join('\n');
        const span = locateText(text, part, first);
        if (part === '') return assert.equal(span, undefined);
        assert.ok(span);
        assert.equal(text.slice(span.start, span.end), part);
        assert.equal(text.slice(0, span.start).split('\n').length - 1, first);
        return undefined;
      }),
    );
  });

  it('is the nearest of several equal parts', () => {
    const document = 'x\ny\nx\ny\nx\n';
    const starts = [0, 1, 2, 3, 4, 9].map((near) => locateText(document, 'x', near)?.start);
    assert.deepEqual(starts, [0, 0, 4, 4, 8, 8]);
  });

  it('is the nearest of equal parts in one line, if its column is known', () => {
    const document = 'x x x\r\nab x x x\r\nx';
    const starts = [0, 1, 2, 3, 4, 5, 9].map((column) => locateText(document, 'x', 1, column)?.start);
    assert.deepEqual(starts, [10, 10, 10, 10, 10, 12, 14]);
    assert.equal(locateText(document, 'x', 1)?.start, 10);
    assert.equal(locateText('x x', 'x', 4, 2)?.start, 2);
  });

  it('is found with other line breaks', () => {
    assert.deepEqual(locateText('a\r\nb\r\nc', 'b\nc', 1), { start: 3, end: 7 });
    assert.deepEqual(locateText('a\nb\nc', 'b\r\nc', 1), { start: 2, end: 5 });
  });

  it('is not found if it was changed or is empty', () => {
    assert.equal(locateText('a\nb', 'c', 0), undefined);
    assert.equal(locateText('a\nb', '', 0), undefined);
  });

  it('is found within a larger part only if it is there once', () => {
    const document = 'a\nb\r\nb\nc\n';
    assert.deepEqual(locateOnlyText(document, 'b', { start: 0, end: 5 }), { start: 2, end: 3 });
    assert.deepEqual(locateOnlyText(document, 'b\nb', { start: 1, end: 9 }), { start: 2, end: 6 });
    assert.equal(locateOnlyText(document, 'b', { start: 0, end: 9 }), undefined);
    assert.equal(locateOnlyText(document, 'a', { start: 1, end: 9 }), undefined);
    assert.equal(locateOnlyText('b\nb b\r\nb', 'b\nb', { start: 0, end: 9 }), undefined);
    assert.equal(locateOnlyText('aaa', 'aa', { start: 0, end: 3 }), undefined);
    assert.equal(locateOnlyText(document, '', { start: 0, end: 9 }), undefined);
  });

  it('is found quickly among a million equal lines', () => {
    const span = locateText('a\n'.repeat(1_000_000), 'a', 999_999);
    assert.equal(span?.start, 1_999_998);
    assert.equal(locateText('a '.repeat(1_000_000), 'a', 0, 1_999_998)?.start, 1_999_998);
  });
});
