import assert from 'node:assert/strict';
import { startServer } from '../../server/server';
import { mainJob } from '../../support/main-job';
import { installPackage, packagedFiles } from '../../support/vsix';
import { inWindow } from './in-window';

describe('The web extension host', () => {
  it('counts, answers a question, stops one, refuses a redirect and tells of a network that fails', () =>
    inWindow({ kind: 'web' }, async (workbench, chat) => {
      await chat.box.fill(Array.from({ length: 40 }, () => 'hello').join(' '));
      // By the table of the package: 40 words and what the format takes; by rule of thumb they would be 60.
      await chat.estimate.filter({ hasText: /^47 tokens · at most \$0\.11/ }).waitFor();
      assert.ok(
        workbench.api.lookups.some(({ path }) => path.startsWith('/v1/models')),
        'asked for its prices',
      );

      await chat.ask('Prove that the square root of 2 is irrational.');
      await chat.until('Done');
      await chat.answers.locator('.katex').first().waitFor();
      const origin = workbench.api.requests.find(({ method }) => method === 'POST')?.headers.origin;
      assert.ok(origin, 'asked by a browser');

      workbench.api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
      await chat.ask('Think');
      await chat.until('Thinking');
      await chat.button('Stop').click();
      await chat.until('Stopped');
      assert.equal(await workbench.api.requests.at(-1)?.ended, 'closedEarly');

      const elsewhere = await startServer();
      workbench.api.script({ kind: 'redirect', status: 307, location: `${elsewhere.origin}/steal` });
      await chat.ask('Elsewhere?');
      await chat.until('Failed: The service redirected the request');
      assert.deepEqual([...elsewhere.requests, ...elsewhere.lookups], []);
      await elsewhere.close();

      await workbench.settings({ 'o1mini.baseUrl': 'http://127.0.0.1:9' });
      await chat.ask('Anyone?');
      await chat.until('Failed: The service cannot be reached');
    }));
});

describe('The package', () => {
  it('holds only what runs', async () => {
    const known = /^(dist|media|l10n)\/|^package(\.nls(\.de)?)?\.json$|^(README\.md|CHANGELOG\.md|LICENSE)$/;
    const files = await packagedFiles();
    const strays = files.filter((file) => !known.test(file) || /\.(ts|map)$/.test(file));
    assert.deepEqual(strays, []);
    assert.ok(files.includes('dist/ThirdPartyNotices.txt'));
  });

  it('does the main job of the demo once it is installed: explains, writes code and inserts it', async () => {
    const extensionsDir = await installPackage();
    const said: string[] = [];
    await inWindow({ extensionsDir }, (workbench) => mainJob(workbench, (line) => said.push(line)));
    assert.ok(said.length > 5);
    assert.ok(
      said.every((line) => /: done$|^Picture: /.test(line)),
      said.join('\n'),
    );
  });
});
