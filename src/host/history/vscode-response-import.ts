import { l10n } from 'vscode';
import * as v from 'valibot';
import { fenceOpenedBy } from '../../core/text/fences/fence-reader';
import { nameOf, referenceOf } from './vscode-references';

/**
 * The parts of an answer of VS Code's chat, as Markdown. Elements that VS Code shows between two texts, such as tool
 * calls, separate them into paragraphs.
 *
 * Source: `chatModel.ts` and `chatService.ts` of VS Code, 2023 to 1.140.
 */
export interface ResponseText {
  readonly answer: string;
  readonly reasoning: string;
  /** The number of parts of each kind that were not imported. */
  readonly leftOut: Readonly<Record<OmittedKind, number>>;
}

export type OmittedKind = 'edit' | 'tool' | 'other';

const optional = v.optional;
const optionalText = v.nullish(v.string());
const markdown = v.union([v.string(), v.looseObject({ value: v.string() })]);
const plainPart = v.looseObject({ kind: optional(v.literal('markdownContent')), value: v.string() });
const contentPart = v.looseObject({
  kind: v.picklist(['markdownContent', 'markdownVuln']),
  content: markdown,
});
const notePart = v.looseObject({
  kind: v.picklist(['warning', 'info', 'systemNotification']),
  content: markdown,
});
const thinkingPart = v.looseObject({
  kind: v.literal('thinking'),
  value: v.nullish(v.union([v.string(), v.array(v.string())])),
  id: optionalText,
});
const referencePart = v.looseObject({
  kind: v.literal('inlineReference'),
  name: optionalText,
  inlineReference: optional(v.unknown()),
});
const fileNamePart = v.looseObject({ kind: v.literal('codeblockUri'), uri: v.unknown() });
const treePart = v.looseObject({ kind: optional(v.literal('treeData')), treeData: v.unknown() });
const treeNode = v.looseObject({ label: v.string(), children: v.nullish(v.array(v.unknown())) });
const oldTreePart = v.looseObject({ ...treeNode.entries, uri: v.unknown() });
const anyPart = v.looseObject({ kind: v.string() });

const EDIT_KIND = /^(?:(?:text|notebook)Edit(?:Group)?|workspaceEdit|externalEdits?|multiDiffData)$/;
const TOOL_KIND = /^toolInvocation(?:Serialized)?$/;
/** Parts that VS Code does not show. They do not interrupt the text. */
const INVISIBLE_KIND =
  /^(?:undoStop|reference|codeCitation|usage|usedContext|autoModeResolution|move|mcpServersStarting(?:Serialized)?|clearToPreviousToolInvocation|disabledClaudeHooks)$/;
/** Parts that VS Code shows between texts, and that have no content. A tool call is announced before its own part. */
const TRANSIENT_KIND =
  /^(?:progress(?:Message|Task(?:Serialized|Result)?)|command|hook|prepareToolInvocation)$/;

/** @param response a text, as in 2023, or a list of parts */
export function readResponse(response: unknown): ResponseText {
  const parts = Array.isArray(response) ? (response as readonly unknown[]) : [response ?? ''];
  const text = createText();
  const thoughts = createThoughts();
  const leftOut = { edit: 0, tool: 0, other: 0 };
  for (const part of parts) {
    const kind = readPart(part, text, thoughts);
    if (kind === undefined) continue;
    leftOut[kind]++;
    text.interrupt();
  }
  return { answer: text.all(), reasoning: thoughts.all(), leftOut };
}

function readPart(part: unknown, text: TextBuilder, thoughts: Thoughts): OmittedKind | undefined {
  if (typeof part === 'string') text.add(part);
  else if (v.is(plainPart, part)) text.add(part.value);
  else if (v.is(contentPart, part)) text.add(textOf(part.content));
  else if (v.is(notePart, part)) text.addBlock(`> ${textOf(part.content).replaceAll('\n', '\n> ')}`);
  else if (v.is(thinkingPart, part)) {
    const { value, id } = part;
    thoughts.add(typeof value === 'string' ? value : (value ?? []).join(''), id ?? undefined);
    text.interrupt();
  } else if (v.is(referencePart, part)) text.add(referenceOf(part.name, part.inlineReference));
  else if (v.is(fileNamePart, part)) text.nameFile(nameOf(part.uri));
  else if (v.is(treePart, part)) text.addBlock(treeOf(part.treeData));
  else if (v.is(oldTreePart, part)) text.addBlock(treeOf(part));
  else return v.is(anyPart, part) ? kindOf(part.kind, text) : 'other';
  return undefined;
}

function kindOf(kind: string, text: TextBuilder): OmittedKind | undefined {
  if (EDIT_KIND.test(kind)) return 'edit';
  if (TOOL_KIND.test(kind)) return 'tool';
  if (INVISIBLE_KIND.test(kind)) return undefined;
  if (!TRANSIENT_KIND.test(kind)) return 'other';
  text.interrupt();
  return undefined;
}

function textOf(content: v.InferOutput<typeof markdown>): string {
  return typeof content === 'string' ? content : content.value;
}

interface TextBuilder {
  add(piece: string): void;
  /** Adds a separate paragraph. */
  addBlock(block: string): void;
  /** The next text begins a new paragraph. */
  interrupt(): void;
  /** Names the file of the code block that was just opened, or of the edits that follow. */
  nameFile(name: string): void;
  all(): string;
}

function createText(): TextBuilder {
  const pieces: string[] = [];
  let interrupted = false;
  /** The opening fence of a block whose file was named, while the block is empty. */
  let opened: string | undefined;

  function addBlock(block: string): void {
    if (block === '') return;
    pieces.push(...(pieces.length > 0 ? ['\n\n'] : []), block);
    interrupted = true;
  }

  function addText(text: string): void {
    // Only blank lines are removed, because indentation may mark code.
    const body = interrupted ? text.replace(/^(?:[ \t]*\r?\n)+/, '') : text;
    if (interrupted && body.trim() === '') return;
    pieces.push(...(interrupted && pieces.length > 0 ? ['\n\n'] : []), body);
    interrupted = false;
  }

  return {
    add(text) {
      if (opened === undefined) {
        addText(text);
        return;
      }
      if (text.trim() === '') return;
      const rest = afterClosing(text, opened);
      interrupted = true;
      addText(rest ?? `${opened}\n${text}`);
      opened = undefined;
    },
    addBlock,
    interrupt: () => (interrupted = true),
    nameFile(name) {
      opened = removeOpeningFence(pieces);
      addBlock(l10n.t('File: {0}', `\`${name}\``));
    },
    all: () => pieces.join('').trim(),
  };
}

/** Removes an opening fence in the last line of the text, and returns it. */
function removeOpeningFence(pieces: string[]): string | undefined {
  // The line may be in several pieces.
  while (pieces.length > 1 && !pieces.at(-1)?.trimEnd().includes('\n')) {
    pieces.push(pieces.splice(-2).join(''));
  }
  const last = pieces.at(-1)?.trimEnd();
  if (last === undefined) return undefined;
  const start = last.lastIndexOf('\n') + 1;
  const line = last.slice(start);
  if (!fenceOpenedBy(line)) return undefined;
  pieces[pieces.length - 1] = last.slice(0, start).trimEnd();
  if (pieces.at(-1) === '') pieces.pop();
  return line;
}

/** The text after the closing fence at its beginning; undefined if it begins with code. */
function afterClosing(text: string, openingLine: string): string | undefined {
  const fence = fenceOpenedBy(openingLine)?.fence ?? '';
  const start = text.trimStart();
  return start.startsWith(fence) ? start.slice(fence.length).replace(/^[`~]*/, '') : undefined;
}

interface Thoughts {
  add(text: string, id: string | undefined): void;
  all(): string;
}

/** Pieces of one thought share their id; different thoughts are paragraphs. */
function createThoughts(): Thoughts {
  const thoughts: { readonly id: string | undefined; text: string }[] = [];
  return {
    add(text, id) {
      if (text === '') return;
      const last = thoughts.at(-1);
      if (last && id !== undefined && id !== '' && last.id === id) last.text += text;
      else thoughts.push({ id, text });
    },
    all: () =>
      thoughts
        .map(({ text }) => text.trim())
        .filter((text) => text !== '')
        .join('\n\n'),
  };
}

/** Nodes of a file tree that are imported. */
const MAX_TREE_NODES = 1000;

function treeOf(tree: unknown): string {
  const lines: string[] = [];
  const add = (node: unknown, depth: number): void => {
    if (!v.is(treeNode, node) || lines.length >= MAX_TREE_NODES) return;
    lines.push(`${'  '.repeat(depth)}${node.label.replace(/[\r\n]+/g, ' ')}`);
    for (const child of node.children ?? []) add(child, depth + 1);
  };
  add(tree, 0);
  return lines.length === 0 ? '' : `~~~\n${lines.join('\n')}\n~~~`;
}
