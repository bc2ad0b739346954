import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createQuestionCompletions } from '../../src/host/attachments/question-completions';
import { manualClock } from '../support/wire';

describe('The completion of file names', () => {
  const { workspace } = vscode;
  const { findFiles } = workspace;
  afterEach(() => Object.assign(workspace, { findFiles }));

  /** Lets the search for files have these outcomes, one after the other; each is a list of paths. */
  function setSearches(...outcomes: readonly (readonly string[] | Error)[]): void {
    const rest = [...outcomes];
    Object.assign(workspace, {
      findFiles: () => {
        const next = rest.shift() ?? assert.fail('one search too many');
        return next instanceof Error
          ? Promise.reject(next)
          : Promise.resolve(next.map((path) => vscode.Uri.file(path)));
      },
    });
  }

  const request = { type: 'getCompletions', prompts: false, typed: 'zebra' } as const;
  const labels = async (provider: ReturnType<typeof createQuestionCompletions>): Promise<readonly string[]> =>
    (await provider.complete(request)).map(({ label }) => label);

  it('searches again with the next word after a search that failed', async () => {
    const provider = createQuestionCompletions(manualClock());
    setSearches(new Error('The search broke'), ['/w/zebra.ts']);
    await assert.rejects(labels(provider));
    assert.deepEqual(await labels(provider), ['zebra.ts']);
    provider.dispose();
  });

  it('uses a list for ten seconds, also after the clock was set back', async () => {
    const clock = manualClock();
    const provider = createQuestionCompletions(clock);
    setSearches(['/w/zebra1.ts'], ['/w/zebra2.ts'], ['/w/zebra3.ts']);
    const found = [await labels(provider), await labels(provider)];
    clock.advance(11_000);
    found.push(await labels(provider));
    clock.advance(-3_600_000);
    found.push(await labels(provider));
    assert.deepEqual(found.flat(), ['zebra1.ts', 'zebra1.ts', 'zebra2.ts', 'zebra3.ts']);
    provider.dispose();
  });
});
