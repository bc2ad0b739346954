import assert from 'node:assert/strict';
import { detectIndentation } from '../../../../../src/core/text/insertion/detect-indentation';

describe('The indentation of a text', () => {
  const cases = [
    ['is that of tabs', 'a\n\tb\n\t\tc\n', { insertSpaces: false, width: undefined }],
    ['is that of two spaces', 'a\n  b\n    c\n  d\n', { insertSpaces: true, width: 2 }],
    ['is that of four spaces', 'a\n    b\n\n        c\nd\n    e\n', { insertSpaces: true, width: 4 }],
    [
      'is not that of aligned lines',
      'f(a,\n  b,\n  c)\ng\n    h\ni\n    j\n',
      { insertSpaces: true, width: 4 },
    ],
    ['is not that of comments', '/**\n * a\n */\nf {\n\tb\n}\n', { insertSpaces: false, width: undefined }],
    ['is that of most lines', 'a\n\tb\n\tc\n  d\n', { insertSpaces: false, width: undefined }],
    ['may begin in the first line', '  a\n  b\n', { insertSpaces: true, width: 2 }],
    ['is unknown if no line has any', 'a\n\nb\n', undefined],
  ] as const;
  for (const [title, text, expected] of cases)
    it(title, () => assert.deepEqual(detectIndentation(text), expected));
});
