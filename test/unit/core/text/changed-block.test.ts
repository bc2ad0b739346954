import assert from 'node:assert/strict';
import { findChangedBlock } from '../../../../src/core/text/changed-block';

const asked = 'def two():\n    return 2\n';
const fixed = 'def two():\n    return 22\n';

type Blocks = readonly (readonly [language: string, code: string])[];

/** The code of the block that changes Python code. */
const versionIn = (content: string, blocks: Blocks): string | undefined =>
  findChangedBlock(
    { content, isInLanguage: ({ language }) => language === 'python' },
    blocks.map(([language, code]) => ({ language, code })),
  )?.code;

describe('The block of an answer that changes the code of the question', () => {
  const cases: readonly (readonly [title: string, blocks: Blocks])[] = [
    [
      'comes before a command',
      [
        ['python', fixed],
        ['bash', 'pytest -q\n'],
      ],
    ],
    [
      'comes before what it prints',
      [
        ['python', fixed],
        ['', '22\n'],
      ],
    ],
    [
      'comes before an example of its use',
      [
        ['python', fixed],
        ['python', 'print(two())\n'],
      ],
    ],
    [
      'comes before its test',
      [
        ['python', fixed],
        ['python', 'def test_two():\n    assert two() == 22\n'],
      ],
    ],
    [
      'comes before code in another language',
      [
        ['python', fixed],
        ['dockerfile', 'FROM a\n'],
      ],
    ],
    [
      'comes after the lines with the bug',
      [
        ['python', '    return 2\n'],
        ['python', fixed],
      ],
    ],
    [
      'comes before the code as it was',
      [
        ['python', fixed],
        ['python', asked],
      ],
    ],
    [
      'is the last of several versions',
      [
        ['python', 'def two():\n    return 3\n'],
        ['python', fixed],
      ],
    ],
    [
      'may have no language',
      [
        ['', fixed],
        ['text', 'All tests pass.\n'],
      ],
    ],
    ['may have another language', [['py3', fixed]]],
    [
      'may be its only block in the language',
      [
        ['bash', 'pytest\n'],
        ['python', fixed],
      ],
    ],
  ];
  for (const [title, blocks] of cases) it(title, () => assert.equal(versionIn(asked, blocks), fixed));

  it('is none of the commands, of what they print, and of code in other languages', () => {
    assert.equal(
      versionIn(asked, [
        ['bash', 'pytest -q\n'],
        ['', '22\n'],
        ['json', '{}\n'],
      ]),
      undefined,
    );
    assert.equal(versionIn(asked, []), undefined);
  });

  it('may be a diff that removes lines of it, and is no other diff', () => {
    const diff = ' def two():\n-    return 2\n+    return 22\n';
    assert.equal(
      versionIn(asked, [
        ['diff', diff],
        ['bash', 'pytest\n'],
      ]),
      diff,
    );
    assert.equal(versionIn(asked, [['diff', '-    return 3\n+    return two()\n']]), undefined);
  });

  it('may have nothing in common with the code', () => {
    assert.equal(versionIn('x = 1\n', [['python', 'pass\n']]), 'pass\n');
    assert.equal(versionIn('', [['python', 'pass\n']]), 'pass\n');
  });

  it('is the one that declares the same, although it shares few other words', () => {
    const long = `int add(int a, int b) {\n  first(second, third, fourth);\n  fifth += sixth;\n}\n`;
    const rewritten = 'int add(int x) {\n  return x;\n}\n';
    const example = 'first(second, third); fourth(fifth, sixth, a, b);\n';
    assert.equal(
      versionIn(long, [
        ['python', rewritten],
        ['python', example],
      ]),
      rewritten,
    );
  });

  it('is found quickly in long code', () => {
    const began = performance.now();
    const long = `${'a'.repeat(200_000)}\n${'b '.repeat(100_000)}`;
    versionIn(long, [['python', `${long}c`]]);
    assert.ok(performance.now() - began < 500);
  });
});
