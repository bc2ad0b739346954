import { l10n } from 'vscode';
import { MAX_TITLE_LENGTH } from '../../core/chat/chat-list-entry';
import { arrayField, field, isObject, stringField } from '../../core/json';
import { lineRangeLabel, type Attachment, type AttachmentKind } from '../../core/prompt/attachment';
import { truncateLine } from '../../core/text/truncate';
import { isReference, linesOf, nameOf } from './vscode-references';

/**
 * The attachments of a question of VS Code's chat.
 *
 * Source: `IChatRequestVariableEntry` in `chatVariableEntries.ts` of VS Code; entries of 2024 have no kind.
 */
type Entry = Readonly<Record<string, unknown>>;

/** The kinds that only the user attaches. Entries of other kinds may have been added by VS Code or an extension. */
const KINDS_OF_USER: readonly (readonly [RegExp, AttachmentKind])[] = [
  [/^(?:file|directory|image|notebookOutput)$/, 'file'],
  [/^symbol$/, 'symbol'],
  [/^diagnostic$/, 'problems'],
  [/^scmHistoryItem/, 'changes'],
  [/^terminalCommand$/, 'terminal'],
  [/^(?:paste|element|debugVariable)$/, 'paste'],
];

/** The attachments of a question, and the number of those whose content is not imported. */
export interface ReadAttachments {
  readonly attachments: readonly Attachment[];
  readonly hidden: number;
  readonly images: number;
}

export function readAttachments(variables: readonly unknown[]): ReadAttachments {
  const entries = variables.filter(isObject);
  const read = entries.map(readEntry);
  return {
    attachments: read.filter((attachment) => typeof attachment === 'object'),
    hidden: read.filter((attachment) => attachment === 'hidden').length,
    images: entries.filter(isImageEntry).length,
  };
}

/**
 * An attachment with its text. If the file contains only a reference to it, such as the location of a file, it is
 * imported without its content: the disk may contain another file at that location. Texts that VS Code or an extension
 * added by itself (instructions, the structure of the workspace) are hidden context: the user has not seen them, and
 * would send them with each later question.
 */
function readEntry(given: Entry): Attachment | 'hidden' | undefined {
  const kind = textIn(given, 'kind');
  const userKind = KINDS_OF_USER.find(([pattern]) => pattern.test(kind))?.[1];
  const isImage = isImageEntry(given);
  const value = valueOf(given);
  // The value of an implicit context may contain a text.
  if (textIn(value, 'value') !== '') return 'hidden';
  const text = isImage ? '' : attachedText(given, value);
  const isTyped = given['range'] != null && kind !== 'promptText';
  if (text !== '' && (given['automaticallyAdded'] || !(userKind || isTyped))) return 'hidden';

  const isAttached = text !== '' || userKind || isImage || isReference(value);
  // VS Code only suggests the file in the editor until the user enables it.
  if (!isAttached || given['automaticallyAdded'] || given['enabled'] === false) return undefined;
  const attachedKind = userKind ?? (text === '' ? 'file' : 'paste');
  const isFile = attachedKind === 'file' && isReference(value);
  return {
    kind: attachedKind,
    label: isFile ? fileLabel(value) : truncateLine(textIn(given, 'name') || kind, MAX_TITLE_LENGTH),
    language: textIn(given, 'language'),
    content: text || l10n.t('This attachment was imported without its content.'),
  };
}

function attachedText(given: Entry, value: unknown): string {
  const command = textIn(given, 'command');
  const run = command && `$ ${command}\n${textIn(given, 'output')}`.trim();
  return (
    textIn(given, 'code') ||
    textIn(given, 'problemMessage') ||
    run ||
    (typeof value === 'string' ? value : '')
  );
}

function textIn(value: unknown, name: string): string {
  return stringField(value, name) ?? '';
}

/** Entries of 2024 have several values. */
function valueOf(given: Entry): unknown {
  return given['value'] ?? field(arrayField(given, 'values')[0], 'value');
}

function isImageEntry(given: Entry): boolean {
  return given['kind'] === 'image' || given['isImage'] === true;
}

/** The name of a file, as VS Code shows it, with the lines that were attached. */
function fileLabel(attached: unknown): string {
  const [file, lines] = [nameOf(attached), linesOf(attached)];
  return lines ? lineRangeLabel(file, lines) : file;
}
