import assert from 'node:assert/strict';
import { placed, testPlacements, type PlacementCase } from './place-code';

const python = `import os

def one():
    return 1

def two():
    a = 1
    return 2

def three():
    return 3
`;
const typescript = `import { a } from 'a';

export class Box {
  one() {
    return 1;
  }

  two() {
    return 2;
  }
}
`;
const json = `{
  "name": "box",
  "version": "1.0.0",
  "scripts": {
    "build": "a"
  },
  "license": "MIT"
}
`;

describe('Code that leaves out parts of its file', () => {
  const rest = '# ... existing code ...';
  const cases: readonly PlacementCase[] = [
    [
      'replaces a function between placeholders',
      python,
      `${rest}\n\ndef two():\n    a = 1\n    return 22\n\n${rest}\n`,
      python.replace('return 2\n', 'return 22\n'),
    ],
    [
      'replaces a function of which all other lines have changed',
      python,
      `${rest}\ndef two():\n    return 4\n${rest}\n`,
      python.replace('    a = 1\n    return 2\n', '    return 4\n'),
    ],
    [
      'replaces a function with another signature',
      python,
      `${rest}\ndef two(x):\n    return x\n${rest}\n`,
      python.replace('def two():\n    a = 1\n    return 2\n', 'def two(x):\n    return x\n'),
    ],
    [
      'replaces the last function without a placeholder behind it',
      python,
      `${rest}\ndef three():\n    return 33\n`,
      python.replace('return 3\n', 'return 33\n'),
    ],
    [
      'keeps what is above it although there is no placeholder',
      python,
      `def two():\n    return 4\n\n# rest unchanged\n`,
      python.replace('    a = 1\n    return 2\n', '    return 4\n'),
    ],
    [
      'adds to the imports and replaces a function',
      python,
      `import os\nimport sys\n\n${rest}\n\ndef two():\n    return 4\n\n${rest}\n`,
      python
        .replace('import os\n', 'import os\nimport sys\n')
        .replace('    a = 1\n    return 2\n', '    return 4\n'),
    ],
    [
      'replaces the beginning of a function',
      python,
      `${rest}\ndef two():\n    # One.\n    a = 1\n    # ...\n${rest}\n`,
      python.replace('    a = 1\n', '    # One.\n    a = 1\n'),
    ],
    [
      'adds a function before another one',
      python,
      `${rest}\n\ndef between():\n    pass\n\ndef three():\n    return 3\n`,
      python.replace('def three', 'def between():\n    pass\n\ndef three'),
    ],
    [
      'adds a function at the end',
      python,
      `${rest}\n\ndef four():\n    return 4\n`,
      `${python.trimEnd()}\n\ndef four():\n    return 4\n`,
    ],
    [
      'replaces a method in its class',
      typescript,
      `export class Box {\n  // ... existing methods ...\n\n  two() {\n    return 22;\n  }\n}\n`,
      typescript.replace('return 2;', 'return 22;'),
    ],
    [
      'adds a method at the end of its class',
      typescript,
      `export class Box {\n  // ...\n\n  three() {\n    return 3;\n  }\n}\n`,
      typescript.replace('\n}\n', '\n\n  three() {\n    return 3;\n  }\n}\n').replace('\n\n\n', '\n\n'),
    ],
    [
      'replaces a method that is shown without its indentation',
      typescript,
      `// ...\ntwo() {\n  return 22;\n}\n// ...\n`,
      typescript.replace('return 2;', 'return 22;'),
    ],
    [
      'is a function alone',
      python,
      'def two():\n    return 4\n',
      python.replace('    a = 1\n    return 2\n', '    return 4\n'),
    ],
    [
      'is one declaration of several',
      'const a = 1;\nconst b = 2;\nconst c = 3;\nconst d = 4;\nconst e = 5;\n',
      'const c = 33;\n',
      'const a = 1;\nconst b = 2;\nconst c = 33;\nconst d = 4;\nconst e = 5;\n',
    ],
    [
      'is one key of an object',
      json,
      '{\n  "scripts": {\n    "build": "b",\n    "test": "c"\n  }\n}\n',
      json.replace('"a"', '"b",\n    "test": "c"'),
    ],
  ];
  testPlacements(cases);

  const uncertain: readonly (readonly [title: string, code: string, reason: string])[] = [
    ['that is new between placeholders', `${rest}\ndef four():\n    pass\n${rest}\n`, 'placeholder'],
    [
      'whose changed lines stand before a placeholder',
      `def two():\n    print(5)\n    # ...\n`,
      'placeholder',
    ],
    ['that passes over a function', 'def one():\n    return 1\n\ndef three():\n    return 4\n', 'length'],
    ['that shows nothing of it', 'x = 1\nimport os\n', 'length'],
  ];
  for (const [title, code, reason] of uncertain)
    it(`has no certain place for code ${title}`, () => assert.equal(placed(python, code), reason));

  it('is the whole file if it has most of its lines, or none of them, and says nothing else', () => {
    for (const code of [
      python.replace('return 2', 'return 22'),
      'print(1)\n',
      python.replace('import os', '# Imports...'),
    ])
      assert.equal(placed(python, code), code);
    assert.equal(placed('a\nb\n', 'a\n'), 'a\n');
  });

  it('is an excerpt if the answer says so, and all of a selection if it has no placeholder', () => {
    const code = 'def one():\n    return 1\n\ndef two():\n    a = 1\n    return 22\n';
    assert.equal(placed(python, code, { extent: 'excerpt' }), python.replace('return 2\n', 'return 22\n'));
    assert.equal(placed(python, 'import os\n', { extent: 'selection' }), 'import os\n');
  });

  it('may contain comments of the file that look like placeholders', () => {
    const text = python.replace('import os', '# ... and so on');
    const code = text.replace('return 2', 'return 22');
    assert.equal(placed(text, code), code);
  });
});

describe('A patch in an answer', () => {
  const after = python.replace('return 2\n', 'return 22\n');
  const patches: readonly (readonly [title: string, code: string, isDiff: boolean])[] = [
    [
      'with a range of lines',
      '@@ -6,3 +6,3 @@\n def two():\n     a = 1\n-    return 2\n+    return 22\n',
      true,
    ],
    ['without one', '-    return 2\n+    return 22\n', true],
    [
      'with the names of files',
      '--- a/x.py\n+++ b/x.py\n@@ ... @@\n     a = 1\n-    return 2\n+    return 22\n \n',
      false,
    ],
    ['without the space before context', 'def two():\n    a = 1\n-    return 2\n+    return 22\n', true],
    [
      'of blocks to search and replace',
      '<<<<<<< SEARCH\n    return 2\n=======\n    return 22\n>>>>>>> REPLACE\n',
      false,
    ],
    [
      'of blocks without their indentation',
      '<<<<<<< SEARCH\nreturn 2\n=======\nreturn 22\n>>>>>>> REPLACE\n',
      false,
    ],
  ];
  for (const [title, code, isDiff] of patches)
    it(`is applied: ${title}`, () => assert.equal(placed(python, code, { isDiff }), after));

  it('has no place if its lines are not in the text, or not only once', () => {
    for (const code of ['-    return 9\n+    return 8\n', '+x = 1\n', ' \n-\n+x\n', 'text\n'])
      assert.equal(placed(python, code, { isDiff: true }), 'patch', code);
    assert.equal(placed('a\na\n', '-a\n+b\n', { isDiff: true }), 'patch');
  });

  it('is not code with lines that begin with a sign', () => {
    const code = '- one\n- two\n+ three\n';
    assert.equal(placed('a\n', code), code);
  });
});
