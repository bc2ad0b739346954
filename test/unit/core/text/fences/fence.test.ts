import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeBlocksIn, fenced, lastCodeBlock } from '../../../../../src/core/text/fences/fence';

describe('The code blocks of an answer', () => {
  it('are in their order, also one that is still open', () => {
    const codes = (markdown: string): readonly string[] => codeBlocksIn(markdown).map(({ code }) => code);
    assert.deepEqual(codes('x\n```py\na\n```\n```\nb\n```\n'), ['a\n', 'b\n']);
    assert.deepEqual(codes('```py\na\n b'), ['a\n b\n']);
    assert.deepEqual(codes('```\na\n'), ['a\n']);
    assert.deepEqual(codes('none'), []);
  });
});

describe('The last code block of an answer', () => {
  it('is the last one, with its language', () => {
    const markdown = 'First\n```py\na\n```\nthen\n```TS title="x"\nb\n  c\n```\ndone';
    assert.deepEqual(lastCodeBlock(markdown), { code: 'b\n  c\n', language: 'ts' });
  });

  it('is undefined if there is only inline code', () => {
    assert.equal(lastCodeBlock('Use ```x``` or `y`.\n'), undefined);
  });

  it('is returned without the indentation of its list', () => {
    assert.deepEqual(lastCodeBlock('1. Do\n\n   ```c\n   int x;\n   ```'), {
      code: 'int x;\n',
      language: 'c',
    });
  });

  it('is returned without the indentation of its list, also of tabs', () => {
    const markdown = '- step:\n\n\t```bash\n\tnpm i\n\t\tindented\n\t```\n';
    assert.deepEqual(lastCodeBlock(markdown), { code: 'npm i\n\tindented\n', language: 'bash' });
    assert.deepEqual(lastCodeBlock('1.\t```go\n\tfunc f() {\n\t\treturn\n\t}\n\t```'), {
      code: 'func f() {\n\treturn\n}\n',
      language: 'go',
    });
    assert.equal(lastCodeBlock('```make\nall:\n\techo\n```\n')?.code, 'all:\n\techo\n');
  });

  it('may be less indented than its list', () => {
    for (const [markdown, code] of [
      ['1. Do:\n   ```bash\nls\n   ```\n2. Then', 'ls\n'],
      ['- Do:\n  ```bash\n  ls\n```\n- Then', 'ls\n'],
      ['- Do:\n\n  ```js\n  a\n- Then\n\n# Title\n', 'a\n'],
      ['- Do:\n  ```js\n  a\n- Then:\n  ```js\n  b\n  ```', 'b\n'],
      ['1. Do:\n   ```py\ndef f():\n    return\n   ```', 'def f():\n    return\n'],
      ['- - ```js\n    a\n    ```', 'a\n'],
    ] as const) {
      assert.equal(lastCodeBlock(markdown)?.code, code, markdown);
    }
  });

  it('is not a formula', () => {
    assert.equal(lastCodeBlock('```js\na\n```\n```math\nx\n```')?.code, 'a\n');
  });

  it('is found even if the answer was cut off before its end', () => {
    assert.deepEqual(lastCodeBlock('~~~\na\nb'), { code: 'a\nb\n', language: '' });
  });

  it('is returned without the marks of its quotation', () => {
    assert.deepEqual(lastCodeBlock('> Try\n> ```js\n> a > b\n> ```\nso'), {
      code: 'a > b\n',
      language: 'js',
    });
  });

  it('is not closed by a fence that is indented like its code', () => {
    const code = 'def f():\n    """\n    ```\n    x\n    ```\n    """\n';
    assert.equal(lastCodeBlock(`\`\`\`py\n${code}\`\`\`\n`)?.code, code);
  });

  it('is not closed by a shorter fence', () => {
    assert.equal(lastCodeBlock('````md\n```\nx\n```\n````\n')?.code, '```\nx\n```\n');
  });

  it('is found quickly after a line as long as an answer', () => {
    // U+2028 ends a line in JavaScript, but not in Markdown.
    const opening = `${'~'.repeat(400_000)}\u2028x`;
    assert.equal(lastCodeBlock(`${opening}\ncode`)?.code, 'code\n');
  });

  it('is found quickly after thousands of others that are indented', () => {
    const start = performance.now();
    assert.equal(lastCodeBlock('  ```js\n  x\n  ```\n'.repeat(10_000))?.code, 'x\n');
    const duration = performance.now() - start;
    assert.ok(duration < 5000, `${duration} ms`);
  });

  it('can contain any code, including fences', () => {
    const anyLine = fc.oneof(fc.string(), fc.constantFrom('```', '````', '~~~', '  ```py', ''));
    fc.assert(
      fc.property(
        fc.array(
          anyLine.map((text) => text.replace(/[\r\n]/g, '')),
          { minLength: 1 },
        ),
        (lines) => {
          const code = lines.map((text) => `${text}\n`).join('');
          assert.equal(lastCodeBlock(`Before\n\n${fenced(code, 'x')}\nafter`)?.code, code);
        },
      ),
    );
  });
});
