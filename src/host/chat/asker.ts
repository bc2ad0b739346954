import type { LogOutputChannel } from 'vscode';
import { parseEndpoint, type ChatRequest, type Endpoint } from '../../core/api';
import { lastTurn, type Question, type Turn } from '../../core/chat/conversation';
import type { Prepared, Session } from '../../core/chat/session';
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

/** `withheld`: the user decided against it. */
type Preparation = Prepared | { readonly kind: 'withheld' };

/** @param onMissingKey told the origin when the user gave no key for it */
export function createAsker(
  session: Session,
  keys: KeyStore,
  log: LogOutputChannel,
  onMissingKey: (origin: string) => void,
): Asker {
  const warnOfWrong = createWrongSettingsWarning();
  let settling = false;

  async function prepare(history: readonly Turn[], question: Question): Promise<Preparation> {
    const { settings, wrong } = readSettings();
    warnOfWrong(wrong);
    const endpoint = parseEndpoint(settings.baseUrl);
    if (typeof endpoint === 'string') {
      return { kind: 'fail', error: { kind: 'bad-address', problem: endpoint } };
    }
    const apiKey = await keyFor(endpoint);
    if (apiKey === undefined && !endpoint.loopback) return withheld;

    const messages = toMessages(history, question, settings);
    if (!(await confirmLargePrompt(messages, settings.model))) return withheld;
    log.info(
      `POST ${endpoint.origin}${endpoint.chatCompletions.pathname}: ${settings.model}, ${messages.length} messages`,
    );
    const key = apiKey === undefined ? {} : { apiKey };
    const timeouts = timeoutsOf(settings);
    return { kind: 'send', request: { endpoint, ...key, parameters: settings, messages, timeouts } };
  }

  async function keyFor({ origin, loopback }: Endpoint): Promise<string | undefined> {
    const key = (await keys.get(origin)) ?? (loopback ? undefined : await keys.ask(origin));
    if (key === undefined && !loopback) onMissingKey(origin);
    return key;
  }

  /** One question at a time, also while its key or price is still in question. */
  async function prepareAlone(history: readonly Turn[], question: Question): Promise<Preparation> {
    if (settling || session.running) return withheld;
    const { id } = session.conversation;
    settling = true;
    try {
      const preparation = await prepare(history, question);
      // A new chat was begun meanwhile: these turns are none of its own.
      return session.conversation.id === id ? preparation : withheld;
    } finally {
      settling = false;
    }
  }

  return {
    async ask(question) {
      const prepared = await prepareAlone(session.conversation.turns, question);
      if (prepared.kind === 'withheld') return 'kept';
      void session.ask(question, prepared);
      return 'taken';
    },
    async retry() {
      const turn = lastTurn(session.conversation);
      if (!turn) return;
      const prepared = await prepareAlone(session.conversation.turns.slice(0, -1), turn.question);
      if (prepared.kind !== 'withheld') void session.retry(prepared);
    },
  };
}

const withheld = { kind: 'withheld' } as const;

function timeoutsOf(settings: Settings): ChatRequest['timeouts'] {
  return {
    connect: settings['timeout.connect'],
    'first-byte': settings['timeout.firstByte'],
    idle: settings['timeout.idle'],
  };
}
