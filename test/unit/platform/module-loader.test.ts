import assert from 'node:assert/strict';
import { createModuleLoader } from '../../../src/platform/web/module-loader';

const ADDRESS = 'https://extension.test/dist/web/';

/** A loader of these scripts, which records what it reads. Scripts may call `log`, which records what they do. */
function loaderOf(scripts: Record<string, string>): {
  readonly load: (name: string) => Promise<unknown>;
  readonly scripts: Record<string, string>;
  readonly reads: readonly string[];
  readonly logged: readonly string[];
} {
  const reads: string[] = [];
  const logged: string[] = [];
  const load = createModuleLoader({
    address: ADDRESS,
    read: async (path) => {
      reads.push(path);
      // Reading takes a message to another process, so another script may be requested meanwhile.
      await Promise.resolve();
      const text = scripts[path];
      if (text === undefined) throw new Error(`${path} cannot be read`);
      return text;
    },
    require: (name) => {
      if (name !== 'vscode') throw new Error(`Cannot load module '${name}'`);
      return { log: (text: string) => logged.push(text) };
    },
  });
  return { load, scripts, reads, logged };
}

const log = (text: string): string => `require("vscode").log("${text}");`;

describe('The scripts of the web extension', () => {
  it('are loaded with those that they require, wherever these are, and evaluated after them', async () => {
    const { load, logged } = loaderOf({
      'chat.js': `const { name } = require("./chunks/names.js"); ${log('chat')} exports.greeting = "Hello " + name;`,
      'chunks/names.js': `const { first } = require("./first.js"); ${log('names')} exports.name = first + " Doe";`,
      'chunks/first.js': `${log('first')} exports.first = "Jo";`,
    });
    assert.deepEqual(await load('./chat.js'), { greeting: 'Hello Jo Doe' });
    assert.deepEqual(logged, ['first', 'names', 'chat']);
  });

  it('load others later, by a name relative to their own', async () => {
    const { load, reads } = loaderOf({
      'chat.js': 'exports.open = () => require.load("./chunks/history.js");',
      'chunks/history.js': 'exports.open = () => require.load("./search.js");',
      'chunks/search.js': 'exports.found = 3;',
    });
    interface Opener {
      readonly open: () => Promise<unknown>;
    }
    const chat = (await load('./chat.js')) as Opener;
    assert.deepEqual(reads, ['chat.js'], 'nothing is read before it is needed');
    const history = (await chat.open()) as Opener;
    assert.deepEqual(await history.open(), { found: 3 });
  });

  it('are read and evaluated once, also if they are requested several times at once', async () => {
    const { load, reads, logged } = loaderOf({
      'chat.js': `require("./chunks/shared.js"); ${log('chat')}`,
      'chunks/history.js': `require("./shared.js"); ${log('history')}`,
      'chunks/shared.js': log('shared'),
    });
    const [first, second] = await Promise.all([
      load('./chat.js'),
      load('./chat.js'),
      load('./chunks/history.js'),
      load('./chunks/shared.js'),
    ]);
    assert.equal(first, second);
    assert.equal(await load('./chat.js'), first);
    assert.deepEqual([...reads].sort(), ['chat.js', 'chunks/history.js', 'chunks/shared.js']);
    assert.deepEqual([...logged].sort(), ['chat', 'history', 'shared']);
  });

  it('may require each other', async () => {
    const { load } = loaderOf({
      'chat.js': 'exports.name = "chat"; exports.other = require("./chunks/other.js");',
      'chunks/other.js': 'const chat = require("../chat.js"); exports.nameOfChat = () => chat.name;',
    });
    const chat = (await load('./chat.js')) as { readonly other: { readonly nameOfChat: () => string } };
    assert.equal(chat.other.nameOfChat(), 'chat');
  });

  it('may replace their exports', async () => {
    const { load } = loaderOf({ 'chat.js': 'module.exports = 42;' });
    assert.equal(await load('./chat.js'), 42);
  });

  it('are read again after one of them could not be read, but no other one is', async () => {
    const { load, scripts, reads } = loaderOf({ 'chat.js': 'exports.part = require("./chunks/part.js");' });
    await assert.rejects(load('./chat.js'), /chunks\/part\.js cannot be read/);
    scripts['chunks/part.js'] = 'exports.loaded = true;';
    assert.deepEqual(await load('./chat.js'), { part: { loaded: true } });
    assert.deepEqual(reads, ['chat.js', 'chunks/part.js', 'chunks/part.js']);
  });

  it('are read again after one of them was not JavaScript, as when a proxy answers with a page of its own', async () => {
    const { load, scripts } = loaderOf({ 'chat.js': '<!DOCTYPE html>' });
    await assert.rejects(load('./chat.js'), SyntaxError);
    scripts['chat.js'] = 'exports.loaded = true;';
    assert.deepEqual(await load('./chat.js'), { loaded: true });
  });

  it('are evaluated again after their evaluation has failed', async () => {
    const { load } = loaderOf({
      'chat.js': 'exports.part = require("./chunks/part.js");',
      'chunks/part.js': `
        const attempt = require("vscode").log("part");
        if (attempt === 1) throw new Error("This fails once");
        exports.attempt = attempt;`,
    });
    await assert.rejects(load('./chat.js'), /This fails once/);
    assert.deepEqual(await load('./chat.js'), { part: { attempt: 2 } });
  });

  it('have their address in stack traces and debuggers', async () => {
    const { load } = loaderOf({ 'chunks/part.js': 'exports.fail = () => { throw new Error("Failed"); };' });
    const { fail } = (await load('./chunks/part.js')) as { readonly fail: () => void };
    assert.throws(fail, ({ stack }: Error) => stack?.includes(`${ADDRESS}chunks/part.js:`) === true);
  });

  for (const name of [
    'chat.js',
    '/etc/passwd.js',
    'https://elsewhere.test/chat.js',
    '//elsewhere.test/chat.js',
    'vscode',
    './chat.json',
    './chunks/deeper/chat.js',
    './%2Fetc/chat.js',
    './chunks%2F..%2F..%2Fchat.js',
  ]) {
    it(`are only files of the extension, unlike ${name}`, async () => {
      const { load, reads } = loaderOf({});
      await assert.rejects(load(name), /is not a script of this extension/);
      assert.deepEqual(reads, []);
    });
  }

  for (const name of ['../../chat.js', './chunks/../../../chat.js', './%2e%2e/%2E%2E/chat.js']) {
    it(`are never above their folder, as in ${name}`, async () => {
      const { load, reads } = loaderOf({ 'chat.js': '' });
      await load(name);
      assert.deepEqual(reads, ['chat.js']);
    });
  }
});
