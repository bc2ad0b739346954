import assert from 'node:assert/strict';
import { NO_DELAY, startServer } from '../../server/server';
import type { ApiServer, ServerOptions } from '../../server/server';

export interface Chunk {
  readonly choices?: readonly {
    readonly index: number;
    readonly delta: { readonly role?: string; readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly system_fingerprint?: string;
  readonly usage?: Usage | null;
  readonly meta?: { readonly usage: { readonly credits_used: number; readonly usd_spent: number } };
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

export interface Completion {
  readonly model: string;
  readonly choices: readonly {
    readonly finish_reason: string;
    readonly message: { readonly content: string };
  }[];
  readonly usage: Usage;
}

export interface ErrorBody {
  readonly status?: number;
  readonly instance?: string;
  readonly requestId?: string;
  readonly error: { readonly message: string; readonly param?: string | null; readonly code?: string | null };
}

export interface ModelList {
  readonly data: readonly {
    readonly id: string;
    readonly aliases: readonly string[];
    readonly context_length?: number;
    readonly pricing?: { readonly input: number };
    readonly status?: string;
    readonly replaced_by?: string | null;
    readonly shutdown_at?: string | null;
  }[];
}

export const question = {
  model: 'o1-mini',
  messages: [{ role: 'user', content: 'Hello' }],
  max_completion_tokens: 25000,
};

export interface Client {
  /** The server of the running test. */
  readonly server: ApiServer;
  /** Replaces the server with another one. */
  start(options: ServerOptions): Promise<void>;
  post(body: unknown, init?: RequestInit): Promise<Response>;
  /** Sends a request that the server must reject, and returns the error. */
  requestError(body: unknown): Promise<{ readonly status: number } & ErrorBody['error']>;
  complete(body: object): Promise<Completion>;
  stream(body: object): Promise<readonly Chunk[]>;
  /** Sends messages that alternate between user and assistant, and returns the text of the answer. */
  ask(...contents: readonly string[]): Promise<string>;
}

const noDelay: ServerOptions = { pace: NO_DELAY };

/** A server of its own for each test of the suite that calls it. */
export function serverUnderTest(): Client {
  let server: ApiServer;
  beforeEach(async () => {
    server = await startServer(noDelay);
  });
  afterEach(() => server.close());

  async function post(body: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const url = `${server.origin}/v1/chat/completions`;
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), ...init });
  }
  async function complete(body: object): Promise<Completion> {
    const response = await post(body);
    assert.equal(response.status, 201);
    return (await response.json()) as Completion;
  }
  return {
    get server() {
      return server;
    },
    start: async (options) => {
      await server.close();
      server = await startServer({ ...noDelay, ...options });
    },
    post,
    complete,
    requestError: async (body) => {
      const response = await post(body);
      return { status: response.status, ...((await response.json()) as ErrorBody).error };
    },
    stream: async (body) => readStream(await post({ ...body, stream: true })),
    ask: async (...contents) => {
      const messages = contents.map((content, index) => ({
        role: index % 2 ? 'assistant' : 'user',
        content,
      }));
      return (await complete({ ...question, messages })).choices[0]?.message.content ?? '';
    },
  };
}

/** The chunks of a stream that ended correctly. */
async function readStream(response: Response): Promise<readonly Chunk[]> {
  assert.equal(response.status, 201);
  const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: '));
  assert.equal(events.at(-1), 'data: [DONE]');
  return events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)) as Chunk);
}

export function textOf(chunks: readonly Chunk[], choiceIndex = 0): string {
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []).filter(({ index }) => index === choiceIndex);
  return choices.map(({ delta }) => delta.content ?? '').join('');
}
