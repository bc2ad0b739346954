import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Memento, SecretStorage } from 'vscode';
import * as vscode from 'vscode';
import { parseEntries } from '../../src/host/attachments/attachment-entry';
import { createThinkingTimeStats } from '../../src/host/chat/estimates/thinking-time-stats';
import { createApiKeyStore } from '../../src/host/storage/api-key-store';
import { createSpending } from '../../src/host/storage/spending';
import { parseRecord } from '../../src/host/storage/drafts/window-record';
import { inRepository } from '../support/paths';
import { answerAfter, sent, defaultTerms } from './builders';
import { recordingLog } from './recording-log';

/** Written by the code of version 0.1.0. */
const folder = inRepository('test/fixtures/stored-by-0.1.0');
const origin = 'https://api.aimlapi.com';

function valuesOf(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Readonly<Record<string, unknown>>;
}

describe('The data stored by version 0.1.0', () => {
  it('include the API key of a service', async () => {
    const secrets = valuesOf('secrets.json');
    const storage = { get: (name: string) => Promise.resolve(secrets[name]) } as unknown as SecretStorage;
    assert.equal(await createApiKeyStore(storage).get(origin), 'sk-stored-by-0.1');
  });

  it('include the spending of a day in all windows', async () => {
    const noon = { now: () => new Date(2026, 0, 2, 12).valueOf(), after: () => () => undefined };
    const spending = createSpending(vscode.Uri.file(`${folder}/spending`), noon, recordingLog().log);
    assert.equal(await spending.usdToday(), 0.75);
  });

  it('include thinking times', () => {
    const state = valuesOf('global-state.json');
    const memento = { get: (name: string) => state[name] } as unknown as Memento;
    const answer = answerAfter([sent()], { ...defaultTerms, origin, model: 'o1-mini' });
    const stats = createThinkingTimeStats(memento, recordingLog().log);
    assert.equal(stats.typicalThinkingTime(answer), 'usually 12 to 20 s');
  });

  it('include a draft with attachments of every kind', () => {
    const { references } = parseRecord(readFileSync(`${folder}/windows/window-1.json`));
    assert.deepEqual(parseEntries(references), references);
  });
});
