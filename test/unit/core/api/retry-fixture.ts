import assert from 'node:assert/strict';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { requestTo, type CollectedAnswer } from '../../../support/wire';
import {
  askAndCollect,
  errorBody,
  recordRequests,
  testClock,
  testTimeouts,
  type RecordingTransport,
  type TestClock,
} from './client-builders';

/** A server and a client whose retry delays pass immediately. */
export interface RetryFixture {
  readonly api: ApiServer;
  readonly clock: TestClock;
  transport: RecordingTransport;
  /** Called when the server receives a request. */
  onRequest: () => void;
  ask(maxRetries?: number): Promise<CollectedAnswer>;
  /** Lets the server respond with this status to the next requests. */
  scriptErrors(status: number, times: number, headers?: Readonly<Record<string, string>>): void;
}

/** Resets the fixture before each test of the suite, and asserts after each test that no timer is left. */
export function useRetryFixture(): RetryFixture {
  let api: ApiServer;
  let clock: TestClock;
  const fixture: RetryFixture = {
    get api() {
      return api;
    },
    get clock() {
      return clock;
    },
    transport: recordRequests(nodeTransport),
    onRequest: () => undefined,
    ask(maxRetries = 2) {
      const request = requestTo(api.origin, { maxRetries, timeouts: testTimeouts });
      return askAndCollect(request, fixture.transport, clock);
    },
    scriptErrors(status, times, headers = {}) {
      const body = errorBody('not now');
      for (let time = 0; time < times; time++) api.script({ kind: 'status', status, headers, body });
    },
  };

  before(async () => {
    api = await startServer({ pace: NO_DELAY, onRequest: () => fixture.onRequest() });
  });
  beforeEach(() => {
    api.clear();
    clock = testClock('pass');
    fixture.transport = recordRequests(nodeTransport);
    fixture.onRequest = () => undefined;
  });
  afterEach(() => assert.equal(clock.running(), 0, 'no timer is left'));
  after(() => api.close());
  return fixture;
}
