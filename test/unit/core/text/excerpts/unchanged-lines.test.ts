import assert from 'node:assert/strict';
import { placed, testPlacements, type PlacementCase } from './place-code';

const python = `import os
import re
import sys

def one():
    a = 1
    b = 2
    c = 3
    return a

class A:
    x = 1
    y = 2

    def two(self):
        return 2

    def three(self):
        return 3
`;
const script = `import x from 'x';

function one() {
  return 1;
}

function two() {
  return 2;
}
`;
const pairs = 'A=1\nB=2\nC=3\nD=4\n';

describe('A line of the text that an excerpt with a placeholder passes over', () => {
  const cases: readonly PlacementCase[] = [
    [
      'stays between imports',
      python,
      'import os\nimport sys\nimport json\n\n# ...\n',
      python.replace('import sys\n', 'import sys\nimport json\n'),
    ],
    ['stays between two values', pairs, 'A=1\nC=33\n# ... rest unchanged\n', pairs.replace('C=3', 'C=33')],
    [
      'stays between two changed values',
      pairs,
      '# ...\nB=22\nD=44\n',
      pairs.replace('B=2', 'B=22').replace('D=4', 'D=44'),
    ],
    [
      'stays in a function of which the rest is left out',
      python,
      '# ...\ndef one():\n    a = 10\n    c = 30\n    # ...\n',
      python.replace('a = 1\n', 'a = 10\n').replace('c = 3\n', 'c = 30\n'),
    ],
    [
      'stays in a class of which the rest is left out',
      python,
      'class A:\n    y = 3\n    # ... existing methods ...\n',
      python.replace('y = 2', 'y = 3'),
    ],
    [
      'stays after the last method that is shown',
      python,
      '# ...\nclass A:\n    # ...\n    def two(self):\n        return 22\n',
      python.replace('return 2\n', 'return 22\n'),
    ],
    [
      'stays between a method and what follows its class',
      `${python}\nz = 5\n`,
      'class A:\n    # ...\n    def two(self):\n        return 22\n\nz = 6\n',
      `${python}\nz = 6\n`.replace('return 2\n', 'return 22\n'),
    ],
    [
      'is replaced by other lines in its place',
      'a();\nb();\nc();\nd();\n',
      'a();\nx();\nc();\n// ...\n',
      'a();\nx();\nc();\nd();\n',
    ],
  ];
  testPlacements(cases);

  const uncertain: readonly PlacementCase[] = [
    ['fewer lines are in its place', 'a();\nb();\nb();\nc();\n', 'a();\nx();\nc();\n// ...\n', ''],
    ['another value is in its place', pairs, 'A=1\nX=2\nC=3\n# ...\n', ''],
    [
      'it is a member of a class',
      python,
      '# ...\nclass A:\n    def two(self):\n        return 2\n# ...\n',
      '',
    ],
    [
      'it is a property',
      '{\n  "a": {\n    "b": 1,\n    "c": 2\n  },\n  "d": 1\n}\n',
      '{\n  "a": {\n    "b": 3\n  },\n  // ...\n}\n',
      '',
    ],
    [
      'the branch that is shown is another one',
      'if a:\n    b()\nelse:\n    c()\n',
      'if a:\n    # ...\nelse:\n    d()\n',
      '',
    ],
  ];
  for (const [title, text, code] of uncertain)
    it(`makes the place of the excerpt uncertain if ${title}`, () =>
      assert.equal(placed(text, code), 'placeholder'));
});

describe('An ellipsis without a comment', () => {
  const changed = script.replace('return 2', 'return 22');
  const two = 'function two() {\n  return 22;\n}\n';
  const cases: readonly PlacementCase[] = [
    ['stands for lines', script, `...\n${two}`, changed],
    ['stands for lines in brackets', script, `[...]\n\n${two}…\n`, changed],
    ['stands for a function in one line', script, `function one() { ... }\n\n${two}`, changed],
    ['stands for it in a comment', script, `function one() { /* ... */ }\n\n${two}`, changed],
    ['stands for the lines of a function', script, `function one() {\n  ...\n}\n\n${two}`, changed],
    ['need not be indented', script, `function one() {\n...\n}\n\n${two}`, changed],
    [
      'stands for statements, and is followed by another value',
      python,
      'def one():\n    a = 1\n    ...\n    return c\n',
      python.replace('return a', 'return c'),
    ],
    [
      'stands for the body of a function that the file has',
      python,
      'def one(): ...\n\nclass A:\n    x = 5\n    ...\n',
      python.replace('x = 1', 'x = 5'),
    ],
    [
      'is the body of a function that is new',
      python,
      '# ... existing code ...\n\ndef four():\n    ...\n',
      `${python}\ndef four():\n    ...\n`,
    ],
    [
      'stands for properties',
      '{\n  "a": 1,\n  "b": 2\n}\n',
      '{\n  ...\n  "b": 3\n}\n',
      '{\n  "a": 1,\n  "b": 3\n}\n',
    ],
  ];
  testPlacements(cases);

  it('is code if the file has it', () => {
    const text = python.replace('return 3', '...');
    const code = text.replace('return 2', 'return 22');
    assert.equal(placed(text, code), code);
  });

  it('does not slow down long code', () => {
    for (const line of ['...', '  ...', 'a\n...', 'function a() { ... }', '// ... rest', 'a:\n  ...'])
      assert.notEqual(placed('a\nb\nc\nd\ne\nf\n', `${line}\n`.repeat(100_000 / (line.length + 1))), '');
  });
});
