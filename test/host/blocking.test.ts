import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { watchEventLoop } from '../support/event-loop';
import { recordFigure } from '../support/promises';
import { withSettings } from './with-settings';

/** Longest time for which the extension host may be blocked, in ms. */
const MAX_BLOCK_MS = 200;
/** How often to try, because a busy machine may prolong a block but never shortens it. */
const MAX_ATTEMPTS = 3;
const MB = 1024 * 1024;
const line = 'The model writes a line with "quotes", \\\\backslashes and an umlaut ü.\\n';
const eventStreamHeaders = { 'content-type': 'text/event-stream' };
const jsonHeaders = { 'content-type': 'application/json' };

/** Writes no faster than the client reads, and stops when the client disconnects. */
async function write(response: ServerResponse, parts: Iterable<string>): Promise<void> {
  for (const part of parts) {
    if (response.destroyed) return;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}

function* repeated(text: string, size: number): Generator<string> {
  const part = text.repeat(Math.ceil(65_536 / text.length));
  for (let length = 0; length < size; length += part.length) yield part;
}

function* completion(size: number): Generator<string> {
  yield '{"choices":[{"index":0,"message":{"content":"';
  yield* repeated(line, size);
  yield '"},"finish_reason":"stop"}]}';
}

function* event(size: number): Generator<string> {
  yield 'data: {"choices":[{"index":0,"delta":{"content":"';
  yield* repeated(line, size);
  yield '"}}]}\n\ndata: [DONE]\n\n';
}

function* deltas(size: number): Generator<string> {
  const delta = `data: {"choices":[{"index":0,"delta":{"content":"${line.repeat(8)}"}}]}\n\n`;
  yield* repeated(delta, size);
  yield 'data: [DONE]\n\n';
}

/** A list of many models with long descriptions. */
function* models(count: number, size: number): Generator<string> {
  yield '{"object":"list","data":[';
  for (let at = 0; at < count; at++) {
    const model = { id: `model-${at}`, context_length: 8192, description: 'x'.repeat(size / count) };
    yield `${at > 0 ? ',' : ''}${JSON.stringify(model)}`;
  }
  yield ']}';
}

describe('S10 The extension host is never blocked, however much a server sends:', () => {
  let server: Server;
  let listener: RequestListener;
  let origin: string;

  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      listener(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const document = await vscode.workspace.openTextDocument({
      content: 'const a = 1;',
      language: 'typescript',
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 12);
    await vscode.commands.executeCommand('o1mini.openChat');
    await vscode.window.showTextDocument(document);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    'a JSON answer of 32 MB': (response) => write(response.writeHead(200, jsonHeaders), completion(32 * MB)),
    'a JSON answer of 7 MB': (response) => write(response.writeHead(200, jsonHeaders), completion(7 * MB)),
    'one event of 32 MB': (response) => write(response.writeHead(200, eventStreamHeaders), event(32 * MB)),
    'one event of 4 MB': (response) => write(response.writeHead(200, eventStreamHeaders), event(4 * MB)),
    'a stream of 32 MB': (response) => write(response.writeHead(200, eventStreamHeaders), deltas(32 * MB)),
    'an HTML page of 50 MB as an error': (response) =>
      write(
        response.writeHead(502, { 'content-type': 'text/html' }),
        repeated('<p>Bad gateway</p>', 50 * MB),
      ),
    'JSON of 50 MB as an error': (response) =>
      write(response.writeHead(400, jsonHeaders), completion(50 * MB)),
  };

  for (const [what, answer] of Object.entries(answers)) {
    it(what, async () => {
      await withSettings({ baseUrl: origin, maxRetries: 0 }, async () => {
        await assertNeverBlocked(what, async () => {
          const sent = new Promise<void>((resolve, reject) => {
            listener = (request, response) => {
              if (request.method !== 'POST') response.writeHead(404).end('{}');
              else void answer(response).then(resolve, reject);
            };
          });
          await vscode.commands.executeCommand('o1mini.newChat');
          await vscode.commands.executeCommand('o1mini.explain');
          await sent;
        });
      });
    });
  }

  it('a list of 10,000 models with 50 MB', async function () {
    this.timeout(240_000);
    let addresses = 0;
    await assertNeverBlocked('10,000 models', async () => {
      const sent = new Promise<void>((resolve, reject) => {
        listener = (request, response) => {
          if (!request.url?.includes('/models?')) response.writeHead(404).end('{}');
          else
            void write(response.writeHead(200, jsonHeaders), models(10_000, 50 * MB)).then(resolve, reject);
        };
      });
      // The address differs each time, because the list of an address is cached.
      await withSettings({ baseUrl: `${origin}/models-${++addresses}-${Date.now()}` }, async () => {
        const picking = vscode.commands.executeCommand('o1mini.selectModel');
        await sent;
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        await picking;
      });
    });
  });
});

async function assertNeverBlocked(what: string, work: () => Promise<void>): Promise<void> {
  let shortest = Infinity;
  for (let attempt = 0; attempt < MAX_ATTEMPTS && shortest >= MAX_BLOCK_MS; attempt++) {
    shortest = Math.min(shortest, await longestBlockDuring(work));
  }
  assert.ok(shortest < MAX_BLOCK_MS, `${what}: ${shortest.toFixed(0)} ms`);
  recordFigure('S10', `${what}: ${shortest.toFixed(0)} ms at most`);
}

async function longestBlockDuring(work: () => Promise<void>): Promise<number> {
  const watch = watchEventLoop();
  try {
    await work();
    await watch.whenQuiet();
    return watch.longestBlock;
  } finally {
    watch.stop();
  }
}
