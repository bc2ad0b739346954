import assert from 'node:assert/strict';
import { createTimeLimitedWorker } from '../../../src/webview/rendering/time-limited-worker';

/** Answers with the request. */
class EchoWorker {
  static readonly received: string[] = [];
  onmessage: ((event: { readonly data: string }) => void) | undefined;

  postMessage(request: string): void {
    EchoWorker.received.push(request);
    queueMicrotask(() => this.onmessage?.({ data: request }));
  }
}

describe('A worker with a time limit', () => {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  before(() => Object.assign(globalThis, { Worker: EchoWorker }));
  after(() => {
    if (original) Object.defineProperty(globalThis, 'Worker', original);
    else Reflect.deleteProperty(globalThis, 'Worker');
  });

  it('never handles a request that is cancelled while it is loaded, so that the next one need not wait', async () => {
    const worker = createTimeLimitedWorker<string, string>(() => {
      worker.cancel();
      return Promise.resolve({ default: '' });
    });
    assert.equal(await worker.run('cancelled'), undefined);
    assert.equal(await worker.run('next'), 'next');
    assert.deepEqual(EchoWorker.received, ['next']);
  });
});
