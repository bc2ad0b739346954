import assert from 'node:assert/strict';
import type { DialectName } from '../server/dialects/dialects';
import { startServer, type ApiServer } from '../server/server';
import { openNewChat } from './chat-page';
import { useChat } from './use-chat';

interface Expected {
  readonly dialect: DialectName;
  readonly model: string;
  /** The corrections in the log, each of which is learned once. */
  readonly corrections: readonly string[];
  /** The roles of the messages; the first message has the instructions. */
  readonly roles: readonly string[];
}

const servers: readonly Expected[] = [
  {
    dialect: 'mistral',
    model: 'magistral-medium-latest',
    corrections: ['max-tokens', 'no-stream-options', 'no-seed'],
    roles: ['system', 'user'],
  },
  { dialect: 'llama.cpp', model: 'qwen3-8b-q4_k_m.gguf', corrections: [], roles: ['system', 'user'] },
  { dialect: 'vllm', model: 'Qwen/Qwen3-8B', corrections: [], roles: ['system', 'user'] },
  { dialect: 'openai', model: 'o1-mini', corrections: ['max-completion-tokens'], roles: ['user'] },
];

describe('Servers with another dialect', () => {
  const { workbench, api, chat } = useChat();
  let server: ApiServer;

  afterEach(() => server.close());
  after(async () => {
    const names = ['model', 'instructions', 'seed', 'tokenLimitParameter'];
    const reset = Object.fromEntries(names.map((name) => [`o1mini.${name}`, undefined]));
    await workbench.settings({ ...reset, 'o1mini.baseUrl': api.origin });
    await workbench.command('View: Toggle Panel Visibility');
  });

  for (const { dialect, model, corrections, roles } of servers) {
    const result =
      corrections.length === 0 ? 'without a correction' : `with ${corrections.join(', ')}, learned once`;
    it(`are supported: ${dialect}, ${result}`, async () => {
      server = await startServer({ dialect, pace: { thinkingMs: 0, deltaMs: 0 } });
      await workbench.settings({
        'o1mini.baseUrl': server.origin,
        'o1mini.model': model,
        'o1mini.instructions': 'Be brief.',
        'o1mini.seed': 5,
        'o1mini.tokenLimitParameter': dialect === 'openai' ? 'max_tokens' : undefined,
      });
      await openNewChat(workbench);
      for (const question of ['Who are you?', 'And who am I?']) {
        await chat.ask(question);
        await chat.until('Done');
        await chat.answers.last().getByText(question).first().waitFor();
      }
      assert.equal(server.requests.length, 2 + corrections.length);
      const { messages } = server.requests[corrections.length]?.body as {
        readonly messages: readonly { readonly role: string; readonly content: string }[];
      };
      assert.deepEqual(
        messages.map(({ role }) => role),
        roles,
      );
      assert.match(messages[0]?.content ?? '', /^Be brief\./);
      assert.deepEqual(await correctionsInLog(server.origin), corrections);
    });
  }

  /** The corrections in the log since the first request to this server. */
  async function correctionsInLog(origin: string): Promise<readonly string[]> {
    await workbench.command('o1-mini: Show Log');
    const output = workbench.page.locator('.output-view .monaco-editor');
    await output.getByText('Ended: complete').last().waitFor();
    await output.click();
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.page.keyboard.press('ControlOrMeta+C');
    const log = await workbench.clipboard();
    const [, ...requests] = log.split(`POST ${origin}/`);
    assert.equal(requests.length, 2, 'the log has both requests');
    assert.ok(!/Be brief|Who are you/.test(log));
    const matches = requests.join('').matchAll(/Sending again with the correction ([\w-]+)/g);
    return Array.from(matches, ([, correction]) => correction ?? '');
  }
});
