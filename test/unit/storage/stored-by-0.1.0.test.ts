import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  createLearnedCorrections,
  parseEndpoint,
  TransportError,
  type Endpoint,
  type Transport,
} from '../../../src/core/api';
import { createModelListService } from '../../../src/core/models/model-list';
import { serializeChat, serializeStored } from '../../../src/host/storage/chats/chat-format';
import { createChatIndex } from '../../../src/host/storage/chats/chat-index';
import { chatOfJson, parseStored } from '../../../src/host/storage/chats/chat-parser';
import { parseIndex, serializeIndex } from '../../../src/host/storage/chats/index-format';
import { createModelListCache } from '../../../src/host/storage/model-list-cache';
import { isUnsent, parseRecord, serializeRecord } from '../../../src/host/storage/drafts/window-record';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { inRepository } from '../../support/paths';
import { stillClock } from '../../support/wire';
import { collectingLog } from './builders';

/** Files written by version 0.1.0, with every kind of error, attachment, status and learned correction. */
const folder = inRepository('test/fixtures/stored-by-0.1.0');

function readFixture(name: string): Buffer {
  return readFileSync(`${folder}/${name}`);
}

function fixtureText(name: string): string {
  return readFixture(name).toString('utf8');
}

describe('Files written by version 0.1.0', () => {
  const chats = {
    'chat-answers': { title: 'Orbits', pinned: true, questions: 3 },
    'chat-errors': { title: 'Question 0', pinned: false, questions: 22 },
    'chat-running': { title: 'Waiting', pinned: false, questions: 4 },
  };
  for (const [id, expected] of Object.entries(chats)) {
    it(`contain chats that are read and written again unchanged: ${id}`, async () => {
      const bytes = readFixture(`chatSessions/${id}.json`);
      const stored = await parseStored(id, bytes);
      assert.equal(stored.conversation.turns.length, expected.questions);
      assert.equal(new TextDecoder().decode(serializeStored(stored)), bytes.toString('utf8'));
    });
  }

  it('contain chats that are listed with their titles from the index', async () => {
    const index = createChatIndex(
      createDiskFolder(`${folder}/chatSessions`),
      collectingLog().log,
      () => undefined,
    );
    const known = parseIndex(fixtureText('chatSessions/index.cache'));
    const listed = new Map((await index.known()).map((summary) => [summary.id, summary]));
    for (const [id, expected] of Object.entries(chats)) {
      const summary = listed.get(id);
      assert.ok(summary, id);
      const { title, pinned, questions } = summary;
      assert.deepEqual({ title, pinned, questions }, expected);
      assert.deepEqual(known.get(id)?.summary, summary);
    }
  });

  it('contain an index that is read and written again unchanged', () => {
    const text = fixtureText('chatSessions/index.cache');
    assert.equal(serializeIndex(parseIndex(text)), text);
  });

  it('contain an exported chat that can be imported', async () => {
    const text = fixtureText('exported-chat.json');
    assert.equal(serializeChat(await chatOfJson(JSON.parse(text))), text);
  });

  it('contain a draft that is read and written again, without questions that wait', () => {
    const bytes = readFixture('windows/window-1.json');
    const record = parseRecord(bytes);
    assert.ok(isUnsent(record));
    assert.deepEqual(JSON.parse(new TextDecoder().decode(serializeRecord(record))), {
      ...(JSON.parse(bytes.toString('utf8')) as object),
      queued: [],
    });
  });

  it('contain the corrections that were learned from services', () => {
    const state = JSON.parse(fixtureText('global-state.json')) as Readonly<Record<string, unknown>>;
    const learnedCorrections = createLearnedCorrections({
      read: () => state.corrections,
      write: () => undefined,
      now: () => 1_767_225_600_000,
    });
    assert.deepEqual([...learnedCorrections.get(endpoint(), 'o1-mini')].sort(), [
      'max-completion-tokens',
      'max-tokens',
      'no-name',
      'no-seed',
      'no-stream',
      'no-stream-options',
      'no-system-role',
      'single-answers',
    ]);
  });

  it('contain the models of a service, which are used while the service cannot be reached', async () => {
    const unreachable: Transport = () => ({
      sent: Promise.resolve(),
      response: Promise.reject(new TransportError({ kind: 'network', reason: 'dns', detail: 'ENOTFOUND' })),
    });
    const cache = createModelListCache(createDiskFolder(`${folder}/models`), collectingLog().log);
    const result = await createModelListService(unreachable, stillClock, cache).models(endpoint(), undefined);
    assert.equal(result.source, 'cached');
    assert.deepEqual(result.models[0], {
      id: 'o1-mini',
      aliases: ['o1-mini-2024-09-12'],
      name: 'o1-mini',
      context: 128_000,
      maxOutput: 65_536,
      price: { input: 1.155, output: 4.62 },
      retirement: { status: 'deprecated', shutdownAt: '2025-10-27', replacedBy: 'o4-mini' },
    });
  });
});

function endpoint(): Endpoint {
  const parsed = parseEndpoint('https://api.aimlapi.com');
  assert.ok(typeof parsed !== 'string');
  return parsed;
}
