import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';

describe('The layers', () => {
  it('keep core independent of VS Code, Node and the browser: it can be bundled for a neutral platform', async () => {
    const { errors } = await build({
      stdin: {
        contents: [
          'api',
          'models/model-list',
          'chat/session',
          'prompt/context-budget',
          'text/fences/fence',
          'text/insertion/indent-inserted-code',
          'tokens/token-counter',
        ]
          .map((module) => `export * from './${module}';`)
          .join('\n'),
        resolveDir: 'src/core',
      },
      bundle: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      write: false,
      logLevel: 'silent',
    });
    assert.deepEqual(errors, []);
  });

  it('import only what the table in CONTRIBUTING.md allows, without a cycle', async () => {
    const { cruise } = await import('dependency-cruiser');
    const { default: rules } = (await import(resolve('.dependency-cruiser.cjs'))) as { default: unknown };
    const { forbidden, options } = rules as { readonly options: object } & Required<
      Pick<IFlattenedRuleSet, 'forbidden'>
    >;
    const { output } = await cruise(['src'], { ruleSet: { forbidden }, validate: true, ...options });
    assert.deepEqual((output as ICruiseResult).summary.violations, []);
  });
});
