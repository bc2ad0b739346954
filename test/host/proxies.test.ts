import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describeError } from '../../src/host/chat/error-messages/describe-error';
import { verifiesCertificates } from '../../src/host/settings';
import { createNodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { startTlsServer, type TlsServer } from '../support/tls-server';
import { startProxy, type Proxy, type ProxyAnswer } from '../support/proxy';
import { recordFigure } from '../support/promises';
import { collectAnswer, requestTo, type CollectedAnswer } from '../support/wire';

const apiKey = 'sk-sentinel-4711-proxied';
const transport = createNodeTransport({ verifiesCertificates });

function updateSetting(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Sends a question while this proxy is set in VS Code. */
async function askThrough(proxy: string, origin: string): Promise<CollectedAnswer> {
  await updateSetting('proxy', proxy);
  try {
    return await collectAnswer(requestTo(origin, { apiKey }), transport);
  } finally {
    await updateSetting('proxy', undefined);
  }
}

describe('S4 A proxy set in VS Code never sees an unencrypted question', () => {
  let api: ApiServer;
  let secure: TlsServer;
  let proxy: Proxy;
  let proxyAnswer: ProxyAnswer;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    secure = await startTlsServer();
    proxy = await startProxy(secure.port, () => proxyAnswer);
  });
  beforeEach(() => {
    proxyAnswer = 'tunnel';
    api.clear();
    proxy.clear();
  });
  after(async () => {
    proxy.close();
    await Promise.all([api.close(), secure.close()]);
  });

  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    it(`sent to ${host}`, async () => {
      const { outcome } = await askThrough(`http://${proxy.address}`, api.origin.replace('127.0.0.1', host));
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(api.requests.length, 1);
      assert.equal(proxy.received(), '');
    });
  }

  it('and sees only the host name of an encrypted one', async () => {
    await updateSetting('proxyStrictSSL', false);
    try {
      const { outcome } = await askThrough(`http://${proxy.address}`, secure.originAs('api.example.test'));
      assert.deepEqual(outcome, { kind: 'complete' });
      assert.equal(proxy.requests.length, 1);
      assert.match(proxy.requests[0] ?? '', /^CONNECT api\.example\.test:\d+ /);
      assert.ok(!proxy.received().includes(apiKey) && !proxy.received().includes('monad'));
      recordFigure('S4', '3 loopback names behind http.proxy, 0 bytes at the proxy');
    } finally {
      await updateSetting('proxyStrictSSL', undefined);
    }
  });

  const refusals = {
    407: 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n',
    403: 'HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<h1>No!</h1>\r\n',
    502: 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n',
  } as const;
  for (const [status, reply] of Object.entries(refusals)) {
    it(`and is named, with its setting but without its password, if it refuses with ${status}`, async () => {
      proxyAnswer = reply;
      const { outcome } = await askThrough(`http://user:secret@${proxy.address}`, 'https://api.example.test');
      assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'proxy', JSON.stringify(outcome));
      assert.deepEqual([outcome.error.status, outcome.error.proxy], [Number(status), proxy.address]);
      await updateSetting('proxy', `http://user:secret@${proxy.address}`);
      const { title, explanation } = describeError(outcome.error);
      await updateSetting('proxy', undefined);
      assert.match(title, /proxy/);
      assert.match(explanation, /setting http\.proxy/);
      assert.ok(explanation.includes(proxy.address) && !explanation.includes('secret'));
      assert.ok(!proxy.received().includes(apiKey));
    });
  }

  it('and is named if it cannot be reached', async () => {
    const { outcome } = await askThrough('http://127.0.0.1:9', 'https://api.example.test');
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.deepEqual(outcome.error, { kind: 'proxy', proxy: '127.0.0.1:9', detail: 'ECONNREFUSED' });
    assert.match(describeError(outcome.error).explanation, /127\.0\.0\.1:9.*http\.proxy/);
  });
});

describe('The setting http.proxyStrictSSL of VS Code', () => {
  let secure: TlsServer;

  before(async () => {
    secure = await startTlsServer();
  });
  after(() => secure.close());
  afterEach(() => updateSetting('proxyStrictSSL', undefined));

  it('accepts an untrusted certificate if it is false', async () => {
    await updateSetting('proxyStrictSSL', false);
    const { outcome } = await collectAnswer(requestTo(secure.originAs('127.0.0.1')), transport);
    assert.deepEqual(outcome, { kind: 'complete' });
  });

  it('is true by default, so that an untrusted certificate is refused', async () => {
    const { outcome } = await collectAnswer(requestTo(secure.originAs('127.0.0.1')), transport);
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'network');
    assert.equal(outcome.error.reason, 'tls');
  });
});
