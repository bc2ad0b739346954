import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fenced, lastCodeBlock } from '../../../src/core/text/fence';

describe('The last code block of an answer', () => {
  it('is the last one, with its language', () => {
    const markdown = 'First\n```py\na\n```\nthen\n```TS title="x"\nb\n  c\n```\ndone';
    assert.deepEqual(lastCodeBlock(markdown), { code: 'b\n  c\n', language: 'ts' });
  });

  it('is undefined if there is only inline code', () => {
    assert.equal(lastCodeBlock('Use ```x``` or `y`.\n'), undefined);
  });

  it('loses the indentation of its list', () => {
    assert.deepEqual(lastCodeBlock('1. Do\n\n   ```c\n   int x;\n   ```'), {
      code: 'int x;\n',
      language: 'c',
    });
  });

  it('is read even if the answer was cut off before its end', () => {
    assert.deepEqual(lastCodeBlock('~~~\na\nb'), { code: 'a\nb\n', language: '' });
  });

  it('loses the marks of its quotation', () => {
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
    // JavaScript ends a line there, and Markdown does not.
    const opening = `${'~'.repeat(400_000)}\u2028x`;
    assert.equal(lastCodeBlock(`${opening}\ncode`)?.code, 'code\n');
  });

  it('is any fenced code, including fences in it', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('```', '````', '~~~', '  ```py', ''));
    fc.assert(
      fc.property(
        fc.array(
          line.map((text) => text.replace(/[\r\n]/g, '')),
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
