import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { serverUnderTest } from './client';

function sample(file: string): string {
  return readFileSync(`test/fixtures/sample/${file}`, 'utf8');
}

describe('The answer texts of the local API server', () => {
  const api = serverUnderTest();

  const samples = [
    ['orbits.py', 'python', /Kepler[\s\S]*copysign/],
    ['graph.ts', 'typescript', /Dijkstra[\s\S]*stale/],
    ['ring.c', 'c', /ring buffer[\s\S]*power of two/],
  ] as const;
  for (const [file, language, expected] of samples) {
    it(`explain ${file} with headings, a list, code and a formula`, async () => {
      const code = `\`\`\`${language}\n${sample(file)}\`\`\``;
      const text = await api.ask(`Write formulas in LaTeX.\n\nExplain this code.\n\n${file}:1-60\n${code}`);
      assert.match(text, expected);
      for (const part of [/^## /m, /^- /m, /`\w+`/, /^```\w+$/m, /^\$\$$/m]) assert.match(text, part);
    });
  }

  const proofs = [
    ['Prove that the square root of 2 is irrational.', /\\sqrt\{2\}/],
    ['Give me a proof that the first n odd numbers add up to n².', /induction/],
    ['Prove that there are infinitely many primes.', /30031/],
  ] as const;
  for (const [question, expected] of proofs) {
    it(`respond to "${question}" with inline, display and aligned formulas`, async () => {
      const text = await api.ask(question);
      assert.match(text, expected);
      for (const part of [/\\\(.+\\\)/, /^\\\[$/m, /^\$\$$/m, /\$[^$\n]+\$/, /\\begin\{align\*\}/]) {
        assert.match(text, part);
      }
    });
  }

  it('contain Python with two levels of 4 spaces if no language is given', async () => {
    const text = await api.ask('Write a function that finds a root.');
    assert.match(text, /```python\n/);
    assert.match(text, /^ {4}while .*\n {8}\w/m);
  });

  it('contain code in the language of the attached code', async () => {
    const attached = (language: string) => `Add a function here.\n\n\`\`\`${language}\nx\n\`\`\``;
    assert.match(await api.ask(attached('typescript')), /```typescript\n[\s\S]*\n {2}for .*\n {4}const/);
    assert.match(await api.ask(attached('c')), /```c\n[\s\S]*\n\tfor .*\n\t\tif .*\n\t\t\t\w/);
  });

  it('do not depend on words in the attached code', async () => {
    const text = await api.ask('Explain this.\n\n```c\nsize_t ring_write(); /* prove, write, insert */\n```');
    assert.match(text, /ring buffer/);
  });

  it('refer to earlier questions', async () => {
    assert.match(
      await api.ask('Why is the sky blue?', 'Scattering.', 'What did I ask?'),
      /> Why is the sky blue\?/,
    );
    assert.match(
      await api.ask('Why is the sky blue?', 'Scattering.', 'And at night?'),
      /> Why is the sky blue\?/,
    );
    assert.match(await api.ask('What did I ask?'), /first question/);
  });

  it('explain for any other question that this is not a model, and what to ask', async () => {
    const text = await api.ask('Sing.');
    assert.match(text, /local practice server[\s\S]*> Sing\.\n/);
    for (const word of ['explain', 'prove', 'write a function']) assert.ok(text.includes(`**${word}**`));
  });
});
