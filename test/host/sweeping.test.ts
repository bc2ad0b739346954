import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readChat, sweep, type ChatFolder } from '../../src/host/storage/chat-files';
import { serializeChat } from '../../src/host/storage/chat-format';
import { chatFolder } from './chat-folder';
import { turn } from './made';

const day = 86_400_000;

describe('What writers leave', () => {
  const now = Date.now();
  let path: string;
  let folder: ChatFolder;
  const log = vscode.window.createOutputChannel('sweeping under test', { log: true });

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'o1mini-sweep-'));
    folder = chatFolder(path, log);
  });
  after(() => log.dispose());

  function put(name: string, age: number, text = '{}'): void {
    writeFileSync(join(path, name), text);
    const written = (now - age) / 1000;
    utimesSync(join(path, name), written, written);
  }

  it('is forgotten after a day, and what was deleted after 30', async () => {
    mkdirSync(join(path, 'deleted'));
    const [old, young] = [`a.${now - 31 * day}.json`, `b.${now - 29 * day}.json`];
    for (const name of [old, young]) writeFileSync(join(path, 'deleted', name), '{}');
    put('x.json', 0);
    put('x.json.1.tmp', 2 * day);
    put('x.json.2.tmp', 0);
    await sweep(folder, now);
    assert.deepEqual(readdirSync(join(path, 'deleted')), [young]);
    assert.deepEqual(readdirSync(path), ['deleted', 'x.json', 'x.json.2.tmp'], 'one may be at work');
  });

  it('is the chat itself, where one was killed after VS Code had deleted the file before it', async () => {
    const chat = { id: 'a', turns: [{ ...turn('Why?', 'Because.'), askedAt: 1000 }] };
    put('a.json.1.tmp', 60_000, serializeChat(chat));
    assert.deepEqual(await readChat(folder, 'a'), chat);
    await sweep(folder, now);
    assert.deepEqual(readdirSync(path), ['a.json']);
    assert.deepEqual(await readChat(folder, 'a'), chat);
  });

  it('is left alone while it may still be renamed', async () => {
    put('a.json.1.tmp', 0);
    await sweep(folder, now);
    assert.ok(existsSync(join(path, 'a.json.1.tmp')));
  });
});
