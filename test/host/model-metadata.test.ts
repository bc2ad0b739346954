import assert from 'node:assert/strict';
import {
  createLearnedCorrections,
  parseEndpoint,
  type Endpoint,
  type LearnedCorrections,
} from '../../src/core/api';
import type { ModelListService, ModelListResult } from '../../src/core/models/model-list';
import type { ListedModel } from '../../src/core/models/model-parser';
import { createModelMetadataService, type ModelMetadataService } from '../../src/host/models/model-metadata';
import { readSettings, type Settings } from '../../src/host/settings';
import { manualClock, type ManualClock } from '../support/wire';
import { recordingLog } from './recording-log';

const tenMinutes = 600_000;

function endpointAt(origin: string): Endpoint {
  const endpoint = parseEndpoint(origin);
  assert.ok(typeof endpoint !== 'string');
  return endpoint;
}

describe('The metadata of a model', () => {
  const endpoint = endpointAt('https://api.example');
  const settings: Settings = readSettings().settings;
  let clock: ManualClock;
  let requested: string[];
  let changes: number;
  let result: Promise<ModelListResult>;
  let metadata: ModelMetadataService;
  let learned: LearnedCorrections;

  /** Sets the models that the service lists from now on. */
  function setModels(...models: readonly ListedModel[]): void {
    result = Promise.resolve({ models, source: 'fresh' });
  }

  beforeEach(() => {
    clock = manualClock();
    requested = [];
    changes = 0;
    learned = createLearnedCorrections();
    setModels();
    const service: ModelListService = {
      models: ({ origin }, apiKey) => {
        requested.push(`${origin} ${apiKey ?? ''}`);
        return result;
      },
    };
    metadata = createModelMetadataService(service, learned, clock, recordingLog().log, () => changes++);
  });

  it('is built in for o1-mini, without waiting for the service', () => {
    const { price, context, maxOutput } = metadata.getMetadata(settings, endpoint, undefined);
    assert.deepEqual(
      [price, context, maxOutput],
      [{ input: 1.1, output: 4.4, cachedInput: 0.55 }, 128_000, 65_536],
    );
  });

  it('is empty for an unknown model', () => {
    assert.deepEqual(metadata.getMetadata({ ...settings, model: 'some-model' }, endpoint, undefined), {});
  });

  it('comes from the service before the built-in values', async () => {
    setModels({ id: 'o1-mini', aliases: [], context: 64_000, price: { input: 2, output: 8 } });
    await metadata.requestModelList(endpoint, undefined);
    assert.deepEqual(metadata.getMetadata(settings, endpoint, undefined), {
      price: { input: 2, output: 8 },
      context: 64_000,
      maxOutput: 65_536,
      efforts: [],
    });
    const other = endpointAt('https://other.example');
    assert.equal(metadata.getMetadata(settings, other, undefined).context, 128_000);
  });

  it('takes prices from the settings first, each of them separately', async () => {
    setModels({ id: 'o1-mini', aliases: [], price: { input: 2, output: 8 } });
    await metadata.requestModelList(endpoint, undefined);
    const priceWith = (prices: Partial<Settings>): unknown =>
      metadata.getMetadata({ ...settings, ...prices }, endpoint, undefined).price;
    assert.deepEqual(priceWith({ 'price.input': 0, 'price.output': 1 }), { input: 0, output: 1 });
    assert.deepEqual(priceWith({ 'price.output': 1 }), { input: 2, output: 1 });
  });

  it('has no price if only half of it is set', () => {
    const half = { ...settings, model: 'some-model', 'price.input': 1 };
    assert.equal(metadata.getMetadata(half, endpoint, undefined).price, undefined);
  });

  it('is found by an alias of the model', async () => {
    setModels({ id: 'o9', aliases: ['openai/o9'], context: 9000 });
    await metadata.requestModelList(endpoint, undefined);
    assert.equal(
      metadata.getMetadata({ ...settings, model: 'openai/o9' }, endpoint, undefined).context,
      9000,
    );
  });

  it('is requested once in ten minutes, however often it is read', () => {
    for (let minute = 0; minute < 10; minute++) {
      for (let count = 0; count < 5; count++) metadata.getMetadata(settings, endpoint, 'key');
      clock.advance(60_000);
    }
    assert.deepEqual(requested, ['https://api.example key']);
    clock.advance(1);
    metadata.getMetadata(settings, endpoint, 'key');
    assert.equal(requested.length, 2);
  });

  it('is not requested sooner if the service has no list', async () => {
    result = Promise.resolve({ models: [], source: 'none' });
    await metadata.requestModelList(endpoint, undefined);
    clock.advance(tenMinutes);
    metadata.getMetadata(settings, endpoint, undefined);
    assert.equal(requested.length, 1);
  });

  it('is requested at once with a first or another key', () => {
    metadata.getMetadata(settings, endpoint, undefined);
    metadata.getMetadata(settings, endpoint, 'first');
    metadata.getMetadata(settings, endpoint, 'second');
    metadata.getMetadata(settings, endpoint, 'second');
    const origin = 'https://api.example';
    assert.deepEqual(requested, [`${origin} `, `${origin} first`, `${origin} second`]);
  });

  it('is requested with the next read after a failure', async () => {
    result = Promise.reject(new Error('The cache broke'));
    metadata.getMetadata(settings, endpoint, undefined);
    await new Promise(setImmediate);
    metadata.getMetadata(settings, endpoint, undefined);
    assert.equal(requested.length, 2);
    await new Promise(setImmediate);
  });

  it('is that of the latest request, even if an earlier one is answered or fails later', async () => {
    for (const late of [{ models: [], source: 'fresh' } as const, new Error('The cache broke')]) {
      const earlier = Promise.withResolvers<ModelListResult>();
      result = earlier.promise;
      const first = metadata.requestModelList(endpoint, undefined);
      setModels({ id: 'o9', aliases: [], context: 9000 });
      await metadata.requestModelList(endpoint, 'key');
      if (late instanceof Error) earlier.reject(late);
      else earlier.resolve(late);
      await first.catch(() => undefined);
      const before = requested.length;
      assert.equal(metadata.getMetadata({ ...settings, model: 'o9' }, endpoint, 'key').context, 9000);
      assert.equal(requested.length, before);
    }
  });

  it('is requested separately for each address', () => {
    metadata.getMetadata(settings, endpoint, 'a');
    metadata.getMetadata(settings, endpointAt('https://other.example'), 'b');
    assert.deepEqual(requested, ['https://api.example a', 'https://other.example b']);
  });

  it('is reported when it has been received', async () => {
    await metadata.requestModelList(endpoint, undefined);
    assert.equal(changes, 1);
  });
});
