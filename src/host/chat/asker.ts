import type { LogOutputChannel } from 'vscode';
import { parseEndpoint, type ChatError, type ChatRequest, type Endpoint } from '../../core/api';
import { lastTurn, type Question, type Turn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import { toMessages } from '../../core/prompt/messages';
import { createWrongSettingsWarning, readSettings, type Settings } from '../settings';
import type { KeyStore } from '../storage/keys';
import { confirmLargePrompt } from './large-prompt';

/** Settles what must be settled before a question leaves: the address, the key, the price. */
export interface Asker {
  /** `kept`: the user would rather not send it now, and nothing was sent. */
  ask(question: Question): Promise<'taken' | 'kept'>;
  /** Sends the last question again. */
  retry(): Promise<void>;
}

/** The request for a question, or why there can be none; undefined where the user decided against it. */
type Prepared = ChatRequest | ChatError | undefined;

/** @param onMissingKey told the origin when the user gave no key for it */
export function createAsker(
  session: Session,
  keys: KeyStore,
  log: LogOutputChannel,
  onMissingKey: (origin: string) => void,
): Asker {
  const warnOfWrong = createWrongSettingsWarning();
  let settling = false;

  async function prepare(history: readonly Turn[], question: Question): Promise<Prepared> {
    const { settings, wrong } = readSettings();
    warnOfWrong(wrong);
    const endpoint = parseEndpoint(settings.baseUrl);
    if (typeof endpoint === 'string') return { kind: 'bad-address', problem: endpoint };
    const apiKey = await keyFor(endpoint);
    if (apiKey === undefined && !endpoint.loopback) return undefined;

    const messages = toMessages(history, question, settings);
    if (!(await confirmLargePrompt(messages, settings.model))) return undefined;
    log.info(
      `POST ${endpoint.origin}${endpoint.chatCompletions.pathname}: ${settings.model}, ${messages.length} messages`,
    );
    return {
      endpoint,
      ...(apiKey !== undefined && { apiKey }),
      parameters: settings,
      messages,
      timeouts: timeoutsOf(settings),
    };
  }

  async function keyFor({ origin, loopback }: Endpoint): Promise<string | undefined> {
    const key = (await keys.get(origin)) ?? (loopback ? undefined : await keys.ask(origin));
    if (key === undefined && !loopback) onMissingKey(origin);
    return key;
  }

  /** One question at a time, also while its key or price is still in question. */
  async function prepareAlone(history: readonly Turn[], question: Question): Promise<Prepared> {
    if (settling || session.running) return undefined;
    settling = true;
    try {
      return await prepare(history, question);
    } finally {
      settling = false;
    }
  }

  return {
    async ask(question) {
      const request = await prepareAlone(session.conversation.turns, question);
      if (!request) return 'kept';
      void session.ask(question, request);
      return 'taken';
    },
    async retry() {
      const turn = lastTurn(session.conversation);
      const request = turn && (await prepareAlone(session.conversation.turns.slice(0, -1), turn.question));
      if (request) void session.retry(request);
    },
  };
}

function timeoutsOf(settings: Settings): ChatRequest['timeouts'] {
  return {
    connect: settings['timeout.connect'],
    'first-byte': settings['timeout.firstByte'],
    idle: settings['timeout.idle'],
  };
}
