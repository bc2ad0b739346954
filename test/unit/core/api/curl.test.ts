import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { buildChatBody } from '../../../../src/core/api/chat-completions/body';
import { curlCommand } from '../../../../src/core/api/curl';
import { NO_DELAY, startServer, type ApiServer } from '../../../server/server';
import { requestTo } from '../../../support/wire';

const key = 'sk-sentinel-8f2a';
/** A shell function that prints its arguments and its standard input, each followed by NUL. */
const printingCurl = 'curl() { printf "%s\\0" "$@"; case "$*" in *"--data-binary @-") cat;; esac; }';

/** The output of a shell that reads these lines, as if a user had pasted them. */
async function outputOf(lines: string, shell = 'bash'): Promise<string> {
  const env = { ...process.env, AIMLAPI_API_KEY: key, no_proxy: '*' };
  const { stdin, stdout } = spawn(shell, ['-s'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  stdin.end(lines);
  return text(stdout);
}

/** The arguments and the input that the command passes to `curl`. */
async function curlArguments(command: string, shell?: string): Promise<readonly string[]> {
  return (await outputOf(`${printingCurl}\n${command}\n`, shell)).split('\0');
}

function jsonIn(parts: readonly string[]): unknown {
  return JSON.parse(parts.find((part) => part.trimStart().startsWith('{')) ?? 'null');
}

function bodyFor(content: string, stream = true): ReturnType<typeof buildChatBody> {
  const messages = [{ role: 'user' as const, content }];
  return buildChatBody(requestTo('http://127.0.0.1', { messages, parameters: { stream } }), new Set());
}

function commandFor(content: string, stream = true): string {
  const url = new URL('https://api.aimlapi.com/v1/chat/completions');
  return curlCommand(url, bodyFor(content, stream), true);
}

describe('The curl command', () => {
  let api: ApiServer;
  before(async () => {
    api = await startServer({ key, pace: NO_DELAY });
  });
  beforeEach(() => api.clear());
  after(() => api.close());

  it('sends the same request as the extension and receives its answer', async () => {
    for (const stream of [true, false]) {
      api.clear();
      const request = requestTo(api.origin, {
        messages: [{ role: 'user', content: `It's "$HOME" \`id\` \\n \n 🗼 !!`, name: 'ada' }],
        parameters: { stream, n: 2, seed: 7 },
      });
      const body = buildChatBody(request, new Set());
      const command = curlCommand(request.endpoint.chatCompletions, body, true);
      const stdout = await outputOf(`${command}\n`);
      assert.match(stdout, stream ? /\[DONE\]/ : /"chat.completion"/);
      const [received] = api.requests;
      assert.deepEqual(received?.body, body);
      assert.equal(received.headers.authorization, `Bearer ${key}`);
      assert.equal(received.headers['content-type'], 'application/json');
      assert.deepEqual([received.method, received.path], ['POST', '/v1/chat/completions']);
    }
  });

  it('contains the key only as an environment variable', () => {
    const command = commandFor('Hello');
    assert.ok(!command.includes(key) && command.includes('$AIMLAPI_API_KEY'));
    assert.equal(command.match(/AIMLAPI_API_KEY/g)?.length, 1);
  });

  it('contains no key for a server that does not need one', () => {
    const url = new URL('http://127.0.0.1/v1/chat/completions');
    const command = curlCommand(url, buildChatBody(requestTo(url.origin), new Set()), false);
    assert.ok(!/authorization|key/i.test(command));
  });

  it('is passed unchanged by bash and sh, for any question and earlier answers', async () => {
    const anySpecialText = fc.constantFrom(
      "'",
      '"',
      '\\',
      '$',
      '`',
      '\n',
      '\r',
      '!',
      '$(id)',
      '${HOME}',
      "'\\''",
      '%s',
      '\u2028',
      '🗼',
      '\0',
      '\ud83d',
      '-d',
      '@/etc/passwd',
      'JSON',
      '\nEOF\n',
    );
    const anyQuestion = fc
      .array(fc.oneof(anySpecialText, fc.string()), { maxLength: 12 })
      .map((parts) => parts.join(''));
    // Several commands share a shell, because starting one takes a moment.
    const anyQuestions = fc.array(anyQuestion, { minLength: 15, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(anyQuestions, fc.constantFrom('bash', 'sh'), async (questions, shell) => {
        const commands = questions.map((question) => `${commandFor(question)}\nprintf '\\1'\n`);
        const outputs = (await outputOf(`${printingCurl}\n${commands.join('')}`, shell)).split('\u0001');
        for (const [index, question] of questions.entries()) {
          const parts = outputs[index]?.split('\0') ?? [];
          assert.deepEqual(jsonIn(parts), bodyFor(question));
          assert.equal(parts[0], 'https://api.aimlapi.com/v1/chat/completions');
          const headers = parts.filter((part) => /^[\w-]+: /.test(part));
          assert.deepEqual(headers, ['Content-Type: application/json', `Authorization: Bearer ${key}`]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('accepts a question of any length', async () => {
    for (const times of [5_000, 10_000]) {
      api.clear();
      const request = requestTo(api.origin, {
        messages: [{ role: 'user', content: "It's long 🗼.".repeat(times) }],
      });
      const body = buildChatBody(request, new Set());
      await outputOf(`${curlCommand(request.endpoint.chatCompletions, body, true)}\n`);
      assert.deepEqual(api.requests[0]?.body, body);
    }
  });

  it('disables buffering only if the answer is streamed', () => {
    assert.match(commandFor('Hello', true), /--no-buffer/);
    assert.doesNotMatch(commandFor('Hello', false), /--no-buffer/);
  });

  it('quotes a URL with characters of the shell', async () => {
    const url = new URL("https://a.example/v1/chat/completions?a=1&b='$(id)'#*");
    const command = curlCommand(url, buildChatBody(requestTo('http://127.0.0.1'), new Set()), true);
    assert.equal((await curlArguments(command))[0], url.href);
  });

  it('contains no characters that a terminal interprets or hides', () => {
    const body = {
      ...buildChatBody(requestTo('http://127.0.0.1'), new Set()),
      model: 'a\x7f\x9b\u202e\u{e0041}b',
    };
    const command = curlCommand(new URL('http://127.0.0.1/'), body, false);
    assert.doesNotMatch(command, /[\x7f-\x9f\p{Cf}]/u);
    assert.ok(command.includes('a\\u007f\\u009b\\u202e\\udb40\\udc41b'));
  });
});
