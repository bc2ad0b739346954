import * as v from 'valibot';
import type { Usage } from '../core/api';
import type {
  Action,
  AnswerView,
  Change,
  ContextView,
  FromWebviewMessage,
  Problem,
  SelectionView,
  StatusView,
  ToWebviewMessage,
  TurnView,
} from './messages';

/** Characters that a question or a piece of code from the panel may have. */
const longestText = 16 * 1024 * 1024;

const text = v.pipe(v.string(), v.maxLength(longestText));
const id = v.pipe(v.string(), v.maxLength(100));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const fromWebview: v.GenericSchema<unknown, FromWebviewMessage> = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('draft'), text }),
  v.strictObject({ type: v.literal('send'), question: id, text, withSelection: v.boolean() }),
  v.strictObject({ type: v.picklist(['stop', 'retry', 'setApiKey', 'openSettings', 'showLog']) }),
  v.strictObject({ type: v.literal('copy'), text }),
  v.strictObject({ type: v.literal('insert'), code: text, language: v.pipe(v.string(), v.maxLength(100)) }),
]);

const action: v.GenericSchema<unknown, Action> = v.picklist([
  'setApiKey',
  'openSettings',
  'retry',
  'showLog',
]);

const problem: v.GenericSchema<unknown, Problem> = v.object({
  title: v.string(),
  explanation: v.string(),
  actions: v.array(action),
});

const usage: v.GenericSchema<unknown, Usage> = v.object({
  promptTokens: v.exactOptional(v.number()),
  completionTokens: v.exactOptional(v.number()),
  reasoningTokens: v.exactOptional(v.number()),
});

const status: v.GenericSchema<unknown, StatusView> = v.variant('kind', [
  v.object({
    kind: v.literal('running'),
    phase: v.picklist(['waiting', 'thinking', 'answering']),
    elapsed: v.number(),
  }),
  v.object({ kind: v.literal('done'), remark: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal('stopped') }),
  v.object({ kind: v.picklist(['incomplete', 'failed']), problem }),
]);

const answer: v.GenericSchema<unknown, AnswerView> = v.object({
  status,
  text: v.string(),
  reasoning: v.string(),
  usage: v.exactOptional(usage),
});

const context: v.GenericSchema<unknown, ContextView> = v.object({
  label: v.string(),
  language: v.string(),
  code: v.string(),
});

const turn: v.GenericSchema<unknown, TurnView> = v.object({
  id: v.string(),
  question: v.string(),
  context: v.exactOptional(context),
  answer,
  earlier: v.array(v.string()),
});

const change: v.GenericSchema<unknown, Change> = v.variant('type', [
  v.object({ type: v.literal('turnPut'), turn }),
  v.object({ type: v.picklist(['textAdded', 'reasoningAdded']), turnId: v.string(), text: v.string() }),
  v.object({ type: v.literal('statusChanged'), turnId: v.string(), status }),
  v.object({ type: v.literal('usageChanged'), turnId: v.string(), usage }),
]);

const selection: v.GenericSchema<unknown, SelectionView> = v.object({ label: v.string(), lineCount: count });

const toWebview: v.GenericSchema<unknown, ToWebviewMessage> = v.variant('type', [
  v.object({ type: v.literal('snapshot'), seq: count, turns: v.array(turn) }),
  v.object({ type: v.literal('changes'), seq: count, changes: v.array(change) }),
  v.object({ type: v.literal('selection'), selection: v.exactOptional(selection) }),
  v.object({ type: v.literal('draft'), text: v.string() }),
  v.object({ type: v.literal('compose'), withSelection: v.boolean(), text: v.exactOptional(v.string()) }),
  v.object({ type: v.picklist(['taken', 'kept']), question: v.string() }),
  v.object({ type: v.literal('notice'), notice: v.exactOptional(problem) }),
]);

/** A message of the panel, or undefined for anything else: the panel draws a hostile answer. */
export function checkFromWebview(message: unknown): FromWebviewMessage | undefined {
  const result = v.safeParse(fromWebview, message);
  return result.success ? result.output : undefined;
}

/** A message of the host, or undefined for anything else: any frame may post to a window. */
export function checkToWebview(message: unknown): ToWebviewMessage | undefined {
  const result = v.safeParse(toWebview, message);
  return result.success ? result.output : undefined;
}
