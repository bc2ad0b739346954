import { l10n } from 'vscode';
import * as v from 'valibot';
import type { ForeignChat, ForeignExchange } from '../../core/chat/foreign';
import type { Attachment } from '../../core/prompt/attachment';
import { parseValue } from '../../protocol/values';
import { knownTime } from './known-time';

/** What "Chat: Export Chat…" of VS Code writes, as far as its versions agree. */
const optional = v.optional;
const words = v.union([v.string(), v.object({ value: v.string() })]);

const variable = v.looseObject({
  kind: optional(v.string()),
  name: optional(v.string()),
  value: v.unknown(),
});

const request = v.looseObject({
  message: v.union([v.string(), v.looseObject({ text: v.string() })]),
  response: v.nullish(v.array(v.unknown())),
  result: v.nullish(
    v.looseObject({ errorDetails: v.nullish(v.looseObject({ message: optional(v.string()) })) }),
  ),
  isCanceled: v.nullish(v.boolean()),
  timestamp: v.nullish(v.number()),
  shouldBeRemovedOnSend: optional(v.unknown()),
  variableData: v.nullish(v.looseObject({ variables: v.nullish(v.array(v.unknown())) })),
});

const format = v.looseObject({
  requests: v.array(request),
  customTitle: v.nullish(v.string()),
  creationDate: v.nullish(v.number()),
});

type Request = v.InferOutput<typeof request>;

export function looksLikeVsCode(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'requests' in json &&
    ('responderUsername' in json || 'requesterUsername' in json || 'sessionId' in json)
  );
}

/** Throws a `FormatError` where it is damaged. */
export function readVsCodeChat(json: unknown): ForeignChat {
  const { requests, customTitle, creationDate } = parseValue(format, json);
  // What was undone is kept by VS Code, and not shown.
  const kept = requests.filter(({ shouldBeRemovedOnSend }) => !shouldBeRemovedOnSend);
  const exchanges = kept.map((request) => exchangeOf(request, creationDate ?? 0));
  return { ...(customTitle && { title: customTitle }), exchanges };
}

function exchangeOf(request: Request, createdAt: number): ForeignExchange {
  const { message, response, result, isCanceled, timestamp, variableData } = request;
  const parts = (response ?? []).map(readPart);
  const error = result?.errorDetails?.message;
  const stopped = isCanceled === true || !response;
  return {
    question: typeof message === 'string' ? message : message.text,
    attachments: (variableData?.variables ?? []).flatMap(attachmentOf),
    answer: joined(parts).trim(),
    reasoning: parts
      .map(({ reasoning = '' }) => reasoning)
      .join('')
      .trim(),
    askedAt: knownTime(timestamp ?? createdAt),
    end: stopped ? 'stopped' : error === undefined ? 'done' : { error },
    leftOut: leftOut(parts),
  };
}

interface Part {
  readonly text?: string;
  readonly reasoning?: string;
  readonly leftOut?: 'edit' | 'tool' | 'other';
}

const editKinds = new Set(['textEditGroup', 'notebookEditGroup', 'workspaceEdit', 'multiDiffData']);
const toolKinds = new Set(['toolInvocation', 'toolInvocationSerialized']);
/** What was only of use while the answer came. */
const passingKinds = new Set([
  'codeblockUri',
  'progressMessage',
  'progressTask',
  'progressTaskSerialized',
  'undoStop',
  'prepareToolInvocation',
  'mcpServersStarting',
  'mcpServersStartingSerialized',
  'command',
  'reference',
  'clearToPreviousToolInvocation',
]);

const markdownPart = v.looseObject({ kind: optional(v.literal('markdownContent')), value: v.string() });
const contentPart = v.looseObject({
  kind: v.picklist(['markdownContent', 'markdownVuln', 'warning']),
  content: words,
});
const thinkingPart = v.looseObject({
  kind: v.literal('thinking'),
  value: v.union([v.string(), v.array(v.string())]),
});
const referencePart = v.looseObject({
  kind: v.literal('inlineReference'),
  name: optional(v.string()),
  inlineReference: optional(v.unknown()),
});
const anyPart = v.looseObject({ kind: v.string() });

function readPart(part: unknown): Part {
  if (typeof part === 'string') return { text: part };
  if (v.is(markdownPart, part)) return { text: part.value };
  if (v.is(contentPart, part)) {
    const text = typeof part.content === 'string' ? part.content : part.content.value;
    return { text: part.kind === 'warning' ? `\n\n> ${text.replaceAll('\n', '\n> ')}\n\n` : text };
  }
  if (v.is(thinkingPart, part)) {
    return { reasoning: typeof part.value === 'string' ? part.value : part.value.join('') };
  }
  if (v.is(referencePart, part)) return { text: `\`${part.name ?? nameOf(part.inlineReference)}\`` };
  if (!v.is(anyPart, part)) return { leftOut: 'other' };
  if (editKinds.has(part.kind)) return { leftOut: 'edit' };
  if (toolKinds.has(part.kind)) return { leftOut: 'tool' };
  return passingKinds.has(part.kind) ? {} : { leftOut: 'other' };
}

/** Markdown that comes in pieces is one text; other things between them are in lines of their own already. */
function joined(parts: readonly Part[]): string {
  return parts.map(({ text = '' }) => text).join('');
}

/** The last name in the path of a file, or the name of a symbol. */
function nameOf(reference: unknown): string {
  const uri = v.looseObject({ path: v.string() });
  const place = v.looseObject({ uri });
  const symbol = v.looseObject({ name: v.string() });
  if (v.is(symbol, reference)) return reference.name;
  const path = v.is(uri, reference) ? reference.path : v.is(place, reference) ? reference.uri.path : '';
  return path.split('/').at(-1) || '…';
}

/** What went with the question, where the export has its text and not only its place. */
function attachmentOf(given: unknown): readonly Attachment[] {
  if (!v.is(variable, given)) return [];
  const { code, language } = given;
  const content = typeof code === 'string' ? code : given.value;
  if (typeof content !== 'string' || content === '') return [];
  const label = given.name ?? given.kind ?? '';
  return [{ kind: 'paste', label, language: typeof language === 'string' ? language : '', content }];
}

function leftOut(parts: readonly Part[]): string {
  const count = (kind: Part['leftOut']): number => parts.filter((part) => part.leftOut === kind).length;
  const [edits, tools, others] = [count('edit'), count('tool'), count('other')];
  const named = [
    edits > 0 ? l10n.t('edits of files: {0}', edits) : '',
    tools > 0 ? l10n.t('uses of tools: {0}', tools) : '',
    others > 0 ? l10n.t('other things: {0}', others) : '',
  ].filter((words) => words !== '');
  return named.length === 0 ? '' : l10n.t('Left out of the import: {0}.', named.join(', '));
}
