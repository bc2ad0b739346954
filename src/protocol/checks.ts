import * as v from 'valibot';
import { historyNews, historyRequest } from './history-checks';
import type {
  Action,
  AnswerView,
  AttachedView,
  AttachmentView,
  Button,
  Change,
  CodeAction,
  CompletionView,
  EstimateView,
  FormulaAction,
  FromWebviewMessage,
  NotesView,
  Problem,
  RemarkView,
  SelectionView,
  StatusView,
  ToWebviewMessage,
  TurnView,
} from './messages';
import { count, firstIssue, upTo } from './values';

/** Characters that a question or a piece of code from the panel may have. */
const longestText = 16 * 1024 * 1024;
/** What is longer goes into the box as it is. */
export const longestPaste = 1024 * 1024;
const longestWord = 1000;
const longestUri = 8192;
const longestError = 4000;
const mostDropped = 100;
/** Characters of the name of a file in an answer, and names that are looked for at a time. */
const longestName = 300;
const mostNames = 100;

const text = upTo(longestText);
const id = upTo(100);
const actions = [
  'setApiKey',
  'openSettings',
  'selectModel',
  'useReplacement',
  'useAddress',
  'retry',
  'retryShorter',
  'retryDoubled',
  'continueAnswer',
  'unattachUnusable',
  'retrySaving',
  'exportUnsaved',
  'showLog',
] as const satisfies readonly Action[];

const codeActions = [
  'insert',
  'replaceSelection',
  'openInNewFile',
  'compare',
] as const satisfies readonly CodeAction[];
const formulaActions = ['copyLatex', 'copyMathml', 'insert'] as const satisfies readonly FormulaAction[];

/** Read by the test that sends what is almost a message. */
export const fromWebview: v.GenericSchema<unknown, FromWebviewMessage> = v.variant('type', [
  v.object({ type: v.literal('ready'), tab: v.exactOptional(id) }),
  v.object({ type: v.literal('dragRefused') }),
  v.object({ type: v.literal('draft'), text, withSelection: v.boolean(), edit: count }),
  v.object({ type: v.literal('send'), question: id, text, withSelection: v.boolean() }),
  v.object({ type: v.picklist(['attach', 'pin', 'recall']) }),
  v.object({ type: v.literal('complete'), request: count, prompts: v.boolean(), typed: upTo(longestWord) }),
  v.object({ type: v.literal('accept'), item: id }),
  v.object({
    type: v.literal('drop'),
    uris: v.pipe(
      v.array(upTo(longestUri)),
      v.check((uris) => uris.length <= mostDropped),
    ),
  }),
  v.object({ type: v.literal('paste'), id, text: upTo(longestPaste), language: id }),
  v.object({ type: v.picklist(['unattach', 'openAttached', 'pasteAsText']), id }),
  v.object({ type: v.literal('edit'), question: id, turnId: id, text }),
  v.object({ type: v.literal('editing'), turnId: id, text: v.exactOptional(text) }),
  v.object({ type: v.literal('turn'), turnId: id, step: v.picklist([1, -1]) }),
  v.object({ type: v.literal('copyAnswer'), turnId: id }),
  v.object({ type: v.literal('quotable'), quotable: v.boolean() }),
  v.object({ type: v.literal('history'), request: historyRequest }),
  v.object({ type: v.picklist(['stop', ...actions]) }),
  v.object({ type: v.literal('choose'), turnId: id, choice: count }),
  v.object({ type: v.literal('copy'), text }),
  v.object({ type: v.literal('logError'), text: upTo(longestError) }),
  v.object({ type: v.literal('openLink'), url: text }),
  v.object({
    type: v.literal('findFiles'),
    names: v.pipe(
      v.array(upTo(longestName)),
      v.check((names) => names.length <= mostNames),
    ),
  }),
  v.object({ type: v.literal('openFile'), name: upTo(longestName) }),
  v.object({ type: v.picklist(codeActions), code: text, language: id }),
]);

const button: v.GenericSchema<unknown, Button> = v.object({
  action: v.picklist(actions),
  label: v.string(),
  hint: v.exactOptional(v.string()),
});

const problem: v.GenericSchema<unknown, Problem> = v.object({
  title: v.string(),
  explanation: v.string(),
  buttons: v.array(button),
});

const remark: v.GenericSchema<unknown, RemarkView> = v.object({
  text: v.string(),
  buttons: v.array(button),
});

const status: v.GenericSchema<unknown, StatusView> = v.variant('kind', [
  v.object({
    kind: v.literal('running'),
    phase: v.picklist(['waiting', 'thinking', 'answering']),
    elapsed: v.number(),
    usual: v.exactOptional(v.string()),
    retry: v.exactOptional(v.object({ left: v.number(), attempt: count, of: count, because: v.string() })),
  }),
  v.object({ kind: v.literal('done'), remark: v.exactOptional(remark) }),
  v.object({ kind: v.picklist(['stopped', 'cutOff']), remark }),
  v.object({ kind: v.picklist(['incomplete', 'failed']), problem }),
]);

const notes: v.GenericSchema<unknown, NotesView> = v.object({
  summary: v.string(),
  details: v.array(v.object({ label: v.string(), value: v.string() })),
});

const answer: v.GenericSchema<unknown, AnswerView> = v.object({
  status,
  choices: v.array(v.object({ text: v.string(), refusal: v.string(), reasoning: v.string() })),
  chosen: count,
  notes,
});

const attachment: v.GenericSchema<unknown, AttachmentView> = v.object({
  label: v.string(),
  language: v.string(),
  content: v.string(),
});

const attached: v.GenericSchema<unknown, AttachedView> = v.object({
  id: v.string(),
  icon: v.string(),
  label: v.string(),
  tokens: v.string(),
  title: v.string(),
  problem: v.exactOptional(v.string()),
  pasted: v.boolean(),
});

const completion: v.GenericSchema<unknown, CompletionView> = v.object({
  id: v.string(),
  icon: v.string(),
  label: v.string(),
  detail: v.string(),
  text: v.exactOptional(v.string()),
});

const turn: v.GenericSchema<unknown, TurnView> = v.object({
  id: v.string(),
  question: v.string(),
  attachments: v.array(attachment),
  version: v.exactOptional(v.object({ number: count, of: count })),
  answer,
  earlier: v.array(v.string()),
});

const change: v.GenericSchema<unknown, Change> = v.variant('type', [
  v.object({ type: v.literal('turnsCut'), length: count }),
  v.object({ type: v.literal('turnPut'), turn }),
  v.object({
    type: v.picklist(['textAdded', 'reasoningAdded', 'refusalAdded']),
    turnId: v.string(),
    choice: count,
    text: v.string(),
  }),
  v.object({ type: v.literal('statusChanged'), turnId: v.string(), status }),
  v.object({ type: v.literal('choiceChanged'), turnId: v.string(), chosen: count }),
  v.object({ type: v.literal('notesChanged'), turnId: v.string(), notes }),
]);

const selection: v.GenericSchema<unknown, SelectionView> = v.object({ label: v.string(), lineCount: count });

const estimate: v.GenericSchema<unknown, EstimateView> = v.object({
  model: v.string(),
  words: v.string(),
  explanation: v.string(),
  level: v.picklist(['fine', 'too-much']),
});

const toWebview: v.GenericSchema<unknown, ToWebviewMessage> = v.variant('type', [
  v.object({ type: v.literal('snapshot'), seq: count, turns: v.array(turn) }),
  v.object({ type: v.literal('shown') }),
  v.object({ type: v.literal('changes'), seq: count, changes: v.array(change) }),
  v.object({ type: v.literal('selection'), selection: v.exactOptional(selection) }),
  v.object({ type: v.literal('draft'), text: v.string(), withSelection: v.boolean(), edit: count }),
  v.object({
    type: v.literal('attached'),
    attached: v.array(attached),
    selection: v.exactOptional(v.string()),
  }),
  v.object({ type: v.literal('completions'), request: count, items: v.array(completion) }),
  v.object({ type: v.literal('recalled'), questions: v.array(v.string()) }),
  v.object({ type: v.literal('insertText'), text: v.string() }),
  v.object({ type: v.literal('compose'), withSelection: v.boolean(), text: v.exactOptional(v.string()) }),
  v.object({
    type: v.literal('edits'),
    edits: v.array(v.object({ turnId: v.string(), text: v.string() })),
  }),
  v.object({ type: v.literal('quote') }),
  v.object({ type: v.picklist(['taken', 'kept']), question: v.string() }),
  v.object({ type: v.literal('notice'), notice: v.exactOptional(problem) }),
  v.object({ type: v.literal('unsaved'), problem: v.exactOptional(problem) }),
  v.object({ type: v.literal('estimate'), estimate }),
  v.object({ type: v.literal('formula'), formula: id, action: v.picklist(formulaActions) }),
  v.object({ type: v.literal('filesFound'), names: v.array(v.string()) }),
  v.object({ type: v.literal('history'), news: historyNews }),
]);

/** What is known of a message of the panel, or undefined for anything else: the panel draws a hostile answer. */
export function checkFromWebview(message: unknown): FromWebviewMessage | undefined {
  const result = v.safeParse(fromWebview, message, firstIssue);
  return result.success ? result.output : undefined;
}

/** A message of the host, or undefined for anything else: any frame may post to a window. */
export function checkToWebview(message: unknown): ToWebviewMessage | undefined {
  const result = v.safeParse(toWebview, message, firstIssue);
  return result.success ? result.output : undefined;
}
