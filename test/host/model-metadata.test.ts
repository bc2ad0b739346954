import assert from 'node:assert/strict';
import { parseEndpoint, type Endpoint } from '../../src/core/api';
import type { ModelListService, ModelListResult } from '../../src/core/models/model-list';
import type { ModelInfo } from '../../src/core/models/model-parser';
import { createModelMetadataService, type ModelMetadataService } from '../../src/host/models/model-metadata';
import { readSettings, type Settings } from '../../src/host/settings';
import { manualClock, type ManualClock } from '../support/wire';
import { listeningLog } from './listening-log';

const tenMinutes = 600_000;

function endpointAt(origin: string): Endpoint {
  const endpoint = parseEndpoint(origin);
  assert.ok(typeof endpoint !== 'string');
  return endpoint;
}

describe('What is known of a model', () => {
  const endpoint = endpointAt('https://api.example');
  const settings: Settings = readSettings().settings;
  let clock: ManualClock;
  let asked: string[];
  let changes: number;
  let answers: Promise<ModelListResult>;
  let book: ModelMetadataService;

  /** What the service says from now on. */
  function lists(...models: readonly ModelInfo[]): void {
    answers = Promise.resolve({ models, source: 'fresh' });
  }

  beforeEach(() => {
    clock = manualClock();
    asked = [];
    changes = 0;
    lists();
    const service: ModelListService = {
      models: ({ origin }, apiKey) => {
        asked.push(`${origin} ${apiKey ?? ''}`);
        return answers;
      },
    };
    book = createModelMetadataService(service, clock, listeningLog().log, () => changes++);
  });

  it('is what everybody knows of o1-mini, without waiting for the service', () => {
    const { price, context, maxOutput } = book.getMetadata(settings, endpoint, undefined);
    assert.deepEqual([price, context, maxOutput], [{ input: 1.1, output: 4.4 }, 128_000, 65_536]);
  });

  it('is nothing of a model that nobody has told of', () => {
    assert.deepEqual(book.getMetadata({ ...settings, model: 'some-model' }, endpoint, undefined), {});
  });

  it('is what the service says, before what everybody knows', async () => {
    lists({ id: 'o1-mini', aliases: [], context: 64_000, price: { input: 2, output: 8 } });
    await book.read(endpoint, undefined);
    assert.deepEqual(book.getMetadata(settings, endpoint, undefined), {
      price: { input: 2, output: 8 },
      context: 64_000,
      maxOutput: 65_536,
    });
    const other = endpointAt('https://other.example');
    assert.equal(book.getMetadata(settings, other, undefined).context, 128_000);
  });

  it('is what the user says of prices, before all others, each by itself', async () => {
    lists({ id: 'o1-mini', aliases: [], price: { input: 2, output: 8 } });
    await book.read(endpoint, undefined);
    const priceWith = (prices: Partial<Settings>): unknown =>
      book.getMetadata({ ...settings, ...prices }, endpoint, undefined).price;
    assert.deepEqual(priceWith({ 'price.input': 0, 'price.output': 1 }), { input: 0, output: 1 });
    assert.deepEqual(priceWith({ 'price.output': 1 }), { input: 2, output: 1 });
  });

  it('is no price where only half of one is set', () => {
    const half = { ...settings, model: 'some-model', 'price.input': 1 };
    assert.equal(book.getMetadata(half, endpoint, undefined).price, undefined);
  });

  it('is found by another name of the model', async () => {
    lists({ id: 'o9', aliases: ['openai/o9'], context: 9000 });
    await book.read(endpoint, undefined);
    assert.equal(book.getMetadata({ ...settings, model: 'openai/o9' }, endpoint, undefined).context, 9000);
  });

  it('is asked for once in ten minutes, however often it is looked up', () => {
    for (let minute = 0; minute < 10; minute++) {
      for (let count = 0; count < 5; count++) book.getMetadata(settings, endpoint, 'key');
      clock.advance(60_000);
    }
    assert.deepEqual(asked, ['https://api.example key']);
    clock.advance(1);
    book.getMetadata(settings, endpoint, 'key');
    assert.equal(asked.length, 2);
  });

  it('is asked for again no sooner where the service has no list', async () => {
    answers = Promise.resolve({ models: [], source: 'none' });
    await book.read(endpoint, undefined);
    clock.advance(tenMinutes);
    book.getMetadata(settings, endpoint, undefined);
    assert.equal(asked.length, 1);
  });

  it('is asked for again at once with a key, where it was asked for without one, and with another key', () => {
    book.getMetadata(settings, endpoint, undefined);
    book.getMetadata(settings, endpoint, 'first');
    book.getMetadata(settings, endpoint, 'second');
    book.getMetadata(settings, endpoint, 'second');
    const origin = 'https://api.example';
    assert.deepEqual(asked, [`${origin} `, `${origin} first`, `${origin} second`]);
  });

  it('is asked for again at the next look where reading it failed, and the log says why', async () => {
    answers = Promise.reject(new Error('The cache broke'));
    book.getMetadata(settings, endpoint, undefined);
    await new Promise(setImmediate);
    book.getMetadata(settings, endpoint, undefined);
    assert.equal(asked.length, 2);
    await new Promise(setImmediate);
  });

  it('is asked for at each address by itself', () => {
    book.getMetadata(settings, endpoint, 'a');
    book.getMetadata(settings, endpointAt('https://other.example'), 'b');
    assert.deepEqual(asked, ['https://api.example a', 'https://other.example b']);
  });

  it('is told of when there is more of it', async () => {
    await book.read(endpoint, undefined);
    assert.equal(changes, 1);
  });
});
