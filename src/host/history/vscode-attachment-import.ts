import { l10n } from 'vscode';
import * as v from 'valibot';
import { MAX_TITLE_LENGTH } from '../../core/chat/chat-list-entry';
import { lineRangeLabel, type Attachment, type AttachmentKind } from '../../core/prompt/attachment';
import { truncateLine } from '../../core/text/truncate';
import { linesOf, nameOf } from './vscode-references';

/**
 * The attachments of a question of VS Code's chat.
 *
 * Source: `IChatRequestVariableEntry` in `chatVariableEntries.ts` of VS Code; entries of 2024 have no kind.
 */
const variable = v.looseObject({
  kind: v.nullish(v.string()),
  name: v.nullish(v.string()),
  value: v.optional(v.unknown()),
  // Of 2024.
  values: v.nullish(v.array(v.looseObject({ value: v.optional(v.unknown()) }))),
  isImage: v.optional(v.unknown()),
  /** The range of the reference in the question, if the user has typed it. */
  range: v.optional(v.unknown()),
  automaticallyAdded: v.optional(v.unknown()),
  /** False for the file in the editor if VS Code has only suggested it. */
  enabled: v.optional(v.unknown()),
});
const pasted = v.looseObject({ code: v.string(), language: v.nullish(v.string()) });
const terminalCommand = v.looseObject({ command: v.string(), output: v.nullish(v.string()) });
const diagnostic = v.looseObject({ problemMessage: v.pipe(v.string(), v.minLength(1)) });
const text = v.pipe(v.string(), v.minLength(1));
/** The value of an implicit context may contain a text. */
const heldText = v.looseObject({ value: text });
const address = v.pipe(v.string(), v.regex(/^[a-z][\w+.-]*:\/\/\S*$/i));
const uri = v.looseObject({ path: text });
const reference = v.union([uri, v.looseObject({ uri })]);

type Variable = v.InferOutput<typeof variable>;

/** The kinds that only the user attaches. Entries of other kinds may have been added by VS Code or an extension. */
const KINDS_OF_USER: ReadonlyMap<string | null | undefined, AttachmentKind> = new Map([
  ['file', 'file'],
  ['directory', 'file'],
  ['image', 'file'],
  ['notebookOutput', 'file'],
  ['symbol', 'symbol'],
  ['diagnostic', 'problems'],
  ['scmHistoryItem', 'changes'],
  ['scmHistoryItemChange', 'changes'],
  ['scmHistoryItemChangeRange', 'changes'],
  ['element', 'paste'],
  ['debugVariable', 'paste'],
]);

/** The attachments of a question, and the number of those whose content is not imported. */
export interface ReadAttachments {
  readonly attachments: readonly Attachment[];
  readonly hidden: number;
  readonly images: number;
}

export function readAttachments(variables: readonly unknown[]): ReadAttachments {
  const read = variables.filter((given) => v.is(variable, given)).map(readVariable);
  return {
    attachments: read.filter((attachment) => typeof attachment === 'object'),
    hidden: read.filter((attachment) => attachment === 'hidden').length,
    images: variables.filter((given) => v.is(variable, given) && isImage(given)).length,
  };
}

/**
 * An attachment with its text. If the file contains only a reference to it, such as the location of a file, it is
 * imported without its content: the disk may contain another file at that location. Texts that VS Code or an extension
 * added by itself (instructions, the structure of the workspace) are hidden context: the user has not seen them, and
 * would send them with each later question.
 */
function readVariable(given: Variable): Attachment | 'hidden' | undefined {
  const { kind, name, range, automaticallyAdded } = given;
  const label = truncateLine(name ?? kind ?? '', MAX_TITLE_LENGTH);
  if (kind === 'paste' && v.is(pasted, given)) {
    return { kind: 'paste', label, language: given.language ?? '', content: given.code };
  }
  if (kind === 'terminalCommand' && v.is(terminalCommand, given)) {
    const content = [`$ ${given.command}`, given.output ?? ''].join('\n').trim();
    return { kind: 'terminal', label, language: '', content };
  }
  if (kind === 'diagnostic' && v.is(diagnostic, given)) {
    return { kind: 'problems', label, language: '', content: given.problemMessage };
  }
  if (isImage(given)) return withoutContent('file', label);
  const content = given.value ?? given.values?.[0]?.value;
  if (v.is(heldText, content)) return 'hidden';
  const userKind = KINDS_OF_USER.get(kind);
  const isAddress = userKind === 'file' && v.is(address, content);
  if (v.is(text, content) && !isAddress) {
    const isOfUser =
      !automaticallyAdded && kind !== 'promptText' && (range != null || userKind !== undefined);
    return isOfUser ? { kind: userKind ?? 'paste', label, language: '', content } : 'hidden';
  }
  const isAttached = isAddress || v.is(reference, content) || userKind !== undefined;
  if (!isAttached || automaticallyAdded || given.enabled === false) return undefined;
  return withoutContent(userKind ?? 'file', labelOf(given, content) || label);
}

function isImage({ kind, isImage: isMarked }: Variable): boolean {
  return kind === 'image' || isMarked === true;
}

function withoutContent(kind: AttachmentKind, label: string): Attachment {
  const content = l10n.t('This attachment was imported without its content.');
  return { kind, label, language: '', content };
}

/** The name of a file, which VS Code shows too, with the lines that were attached; empty for other kinds. */
function labelOf({ kind }: Variable, content: unknown): string {
  const isFile = !kind || kind === 'file' || kind === 'implicit';
  if (!isFile || !(v.is(reference, content) || v.is(address, content))) return '';
  const [file, lines] = [nameOf(content), linesOf(content)];
  return lines ? lineRangeLabel(file, lines) : file;
}
