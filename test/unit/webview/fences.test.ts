import assert from 'node:assert/strict';
import { codeBlocksIn } from '../../../src/core/text/fences/fence';
import { html } from './builders';

/** The code of all blocks of a Markdown text. */
function code(markdown: string): string[] {
  return [...html(markdown).matchAll(/<pre><code>(.*?)<\/code>/gs)].map(([, source = '']) => source);
}

describe('A code block in an answer', () => {
  it('may contain fences with a language if it is Markdown', () => {
    assert.deepEqual(code('```markdown\n# T\n```bash\nls\n```\nend\n```\nafter'), [
      '# T\n```bash\nls\n```\nend\n',
    ]);
    assert.deepEqual(code('```md\n```js\n1\n```\n\n```py title="x"\n2\n```\n```'), [
      '```js\n1\n```\n\n```py title=&quot;x&quot;\n2\n```\n',
    ]);
    assert.deepEqual(code('```Markdown\n1. a\n   ```js\n   1\n   ```\n```\nb'), [
      '1. a\n   ```js\n   1\n   ```\n',
    ]);
    assert.deepEqual(code('- x\n\n  ```markdown\n  ```sh\n  ls\n  ```\n  ```\n'), ['```sh\nls\n```\n']);
    for (const info of ['{.markdown}', 'md:README.md', 'docs/README.md', 'Rmd']) {
      assert.deepEqual(code(`\`\`\`${info}\n\`\`\`sh\nls\n\`\`\`\n\`\`\``), ['```sh\nls\n```\n'], info);
    }
    assert.deepEqual(code('~~~md\n~~~js\n1\n~~~\n~~~'), ['~~~js\n1\n~~~\n']);
    // A fence without a language closes the outer one, and other languages than Markdown contain no fences.
    assert.deepEqual(code('```md\na\n```\nb\n```\nc\n```'), ['a\n', 'c\n']);
    assert.deepEqual(code('```text\n```bash\nls\n```'), ['```bash\nls\n']);
    assert.deepEqual(code('````md\n```bash\nls\n```\n````'), ['```bash\nls\n```\n']);
  });

  it('may be less indented than its list, and the host inserts what is shown', () => {
    for (const [markdown, codes] of [
      ['1. Do:\n   ```bash\nls\n   ```\n2. Then **bold**\n\n## Heading', ['ls\n']],
      ['- Do:\n  ```bash\n  ls\n```\n- Then', ['ls\n']],
      ['1. Do:\n   ```yaml\n   a:\n  b: 1\n   ```\nend', ['a:\nb: 1\n']],
      [
        '1. A\n   ```py\ndef f():\n    x\n\ndef g():\n    y\n   ```\n2. B',
        ['def f():\n    x\n\ndef g():\n    y\n'],
      ],
      ['- x\n  - y:\n    ```js\n  z\n    ```\n  - w', ['z\n']],
      ['> - a\n>   ```js\n> x\n>   ```\n> - b\n\nc', ['x\n']],
      ['- ```md\n  ```js\n1\n  ```\n  ```\n- b', ['```js\n1\n```\n']],
      ['- a\n  ~~~\n  x\n~~~\nb', ['x\n']],
      // A fence that is never closed ends with its list.
      ['- Do:\n  ```bash\n  ls\n- Then **b**\n\n# H', ['ls\n']],
      ['- Do:\n  ```bash\n  ls\n- Then:\n  ```js\n  x\n  ```\n- C', ['ls\n', 'x\n']],
      ['- Do:\n  ```bash\n  ls\n\nText\n\n```js\nx\n```', ['ls\n\n', 'x\n']],
      ['  ```js\n x\n  ```\nafter', ['x\n']],
    ] as const) {
      assert.deepEqual(code(markdown), codes, markdown);
      const inserted = codeBlocksIn(markdown).map(({ code }) => code);
      assert.deepEqual(inserted, codes, markdown);
    }
    assert.match(html('1. Do:\n   ```bash\nls\n   ```\n2. Then **b**'), /<li>Then <strong>b<\/strong><\/li>/);
  });

  it('may begin after text, and the host inserts what is shown', () => {
    for (const [markdown, codes, text] of [
      ['Here is the code: ```python\nx = 1\n```\ndone', ['x = 1\n'], 'Here is the code:'],
      ['Intro\n**Code:** ```\nx\n\ny\n```', ['x\n\ny\n'], 'Intro\n<strong>Code:</strong>'],
      ['结果：```js\nx\n```', ['x\n'], '结果：'],
      ['Run ~~~sh\nls\n~~~', ['ls\n'], 'Run'],
      ['Use `a` and ```b``` in ```js\nx\n```', ['x\n'], 'Use <code>a</code> and <code>b</code> in'],
      ['See: ```diff\n- a\n---\n# b\n```', ['- a\n---\n# b\n'], 'See:'],
      ['Both: ```js title="a b"\nx\n```\nthen ``` {.py}\ny\n```', ['x\n', 'y\n'], 'then'],
      ['1. Run: ```sh\n   ls\n   ```\n2. **b**', ['ls\n'], '<strong>b</strong>'],
      ['- Run: ```sh\nls\n```\n- **b**', ['ls\n'], '<strong>b</strong>'],
      ['> Run: ```sh\n> ls\n> ```\n> b', ['ls\n'], 'Run:'],
      ['Is: ```md\n```js\nx\n```\n```\nb', ['```js\nx\n```\n'], 'Is:'],
    ] as const) {
      assert.deepEqual(code(markdown), codes, markdown);
      assert.deepEqual(
        codeBlocksIn(markdown).map((block) => block.code),
        codes,
        markdown,
      );
      assert.ok(html(markdown).includes(text), markdown);
    }
    for (const text of [
      'Use ```js to open\nand ``` to close',
      'Code: ```js\nx``` inline',
      'The mark ```\nis not code.',
      'Ends with ```js',
      'Ends with: ```js\n\nnext',
      '> Ends with: ```js\nnext',
      '- Ends with: ```js\n- next',
      '"```js" and \'```\'\nb',
      'Two ```js and ```ts\nb',
      'is \\```js\nb',
      'about~~~\nb',
      '| a: ```js | b |\n| - | - |',
    ])
      assert.deepEqual(code(text), [], text);
  });
});
