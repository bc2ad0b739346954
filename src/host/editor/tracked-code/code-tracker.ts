import * as vscode from 'vscode';
import { isSameText } from '../../../core/text/line-breaks';
import { locateOnlyText, locateText } from '../../../core/text/locate-text';
import type { OffsetRange } from '../../../core/text/offset-range';
import type { Attachment } from '../../../core/prompt/attachment';
import { isCell, reopenCell, type ReopenedDocument } from '../notebooks/notebook-cells';
import { openDocument, reopenDocument } from '../open-document';
import type { AttachedCode } from './attached-code';
import { trackRenamedFiles } from './renamed-files';
import {
  joins,
  moveInsertionPoint,
  adjustOffsetEdit,
  widenOffsetEdit,
  type OffsetEdit,
} from '../../../core/text/offset-edits';

/** The place of attached code now. */
type LocatedCode =
  /**
   * `changed`: the text there is not the one that was asked about; `ambiguous`: it is, but so is the text at another place,
   * which may be the right one.
   */
  | {
      readonly kind: 'unchanged' | 'changed' | 'ambiguous';
      readonly document: vscode.TextDocument;
      readonly range: vscode.Range;
    }
  /** The untitled document is no longer open, and this is the only document that contains the code. */
  | { readonly kind: 'elsewhere'; readonly document: vscode.TextDocument; readonly range: vscode.Range }
  /** The file no longer exists. */
  | { readonly kind: 'gone' };

/** The ranges that questions are about. They follow the edits of open documents. */
export interface CodeTracker {
  /** Follows the code from now on, if its document is open. */
  track(attachedCode: AttachedCode): void;
  find(attachedCode: AttachedCode): Promise<LocatedCode>;
  /** Whether the document of the code was edited since the question; true if the code is not followed. */
  wasEdited(attachedCode: AttachedCode): boolean;
  /** Follows a range of an open document, which may be empty, until the result is disposed. */
  follow(document: vscode.TextDocument, range: vscode.Range): TrackedRange;
  dispose(): void;
}

/** A range that follows the edits of its document. */
export interface TrackedRange {
  /** Undefined once the document was closed. */
  readonly current: vscode.Range | undefined;
  dispose(): void;
}

/** Ranges that are followed; the oldest one is dropped first, and then searched for when it is needed. */
const MAX_TRACKED = 200;

interface TrackedCode {
  readonly uri: string;
  readonly content: string;
  offsetEdit: OffsetEdit;
  wasEdited: boolean;
  /** Whether text was put beside the code on its lines; it is a part of the range. */
  wasJoined: boolean;
}

interface ClosedRange {
  readonly position: vscode.Position;
  /** The length of the document, in UTF-16 units. */
  readonly length: number;
}

export function createCodeTracker(): CodeTracker {
  const tracked = new Map<Attachment, TrackedCode>();
  const renamed = trackRenamedFiles();
  /** The number of renames when code was first followed: another file may have been created at its place since. */
  const renamesBefore = new WeakMap<Attachment, number>();
  /** Where code was when its document was closed. */
  const closedAt = new WeakMap<Attachment, ClosedRange>();
  const trackedRanges = new Map<object, { readonly document: vscode.TextDocument; offsetEdit: OffsetEdit }>();
  const listeners = [
    renamed,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      for (const range of tracked.values())
        if (range.uri === uri && contentChanges.length > 0) {
          for (const change of contentChanges) followEdit(range, change);
          range.wasEdited = true;
        }
      for (const range of trackedRanges.values())
        if (range.document === document)
          range.offsetEdit = contentChanges.reduce(moveInsertionPoint, range.offsetEdit);
    }),
    // While a document is closed, its file may change without events.
    vscode.workspace.onDidCloseTextDocument((document) => {
      // VS Code reports a change of the language as closing and opening.
      if (!document.isClosed) return;
      const uri = document.uri.toString();
      const { length } = document.getText();
      for (const [attachment, range] of tracked) {
        if (range.uri !== uri) continue;
        tracked.delete(attachment);
        closedAt.set(attachment, { position: document.positionAt(range.offsetEdit.start), length });
      }
    }),
  ];

  return {
    track({ attachment, uri, content, line, column }) {
      if (!renamesBefore.has(attachment)) renamesBefore.set(attachment, renamed.count);
      if (tracked.has(attachment)) return;
      const document = openDocument(uri);
      const span = document && locateText(document.getText(), content, line, column);
      if (!span) return;
      const offsetEdit = { ...span, text: '' };
      tracked.set(attachment, {
        uri: uri.toString(),
        content,
        offsetEdit,
        wasEdited: false,
        wasJoined: false,
      });
      const [oldest] = tracked.keys();
      if (oldest && tracked.size > MAX_TRACKED) tracked.delete(oldest);
    },
    async find(attachedCode) {
      const { attachment, uri: asked, content } = attachedCode;
      const uri = renamed.current(asked, renamesBefore.get(attachment) ?? 0);
      const reopened = await (isCell(uri)
        ? reopenCell(uri, content, tracked.has(attachment))
        : reopenFile(uri));
      if (!reopened) return (uri.scheme === 'untitled' && findElsewhere(content)) || { kind: 'gone' };
      const { document } = reopened;
      const text = document.getText();
      const followed = tracked.get(attachment);
      const closed = closedAt.get(attachment);
      const { span, isCertain } = followed
        ? { span: rangeIn(text, followed), isCertain: true }
        : locateInFile(text, attachedCode, closed);
      const line = closed?.position.line ?? attachedCode.line;
      const range = span ? rangeOf(document, span) : linesAt(document, line, content);
      const isSame = span !== undefined && isSameText(text.slice(span.start, span.end), content);
      if (!isSame) return { kind: 'changed', document, range };
      return { kind: isCertain && reopened.isCertain ? 'unchanged' : 'ambiguous', document, range };
    },
    wasEdited: ({ attachment }) => tracked.get(attachment)?.wasEdited ?? true,
    follow(document, range) {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      const trackedRange: TrackedRange = {
        get current() {
          const offsetEdit = trackedRanges.get(trackedRange)?.offsetEdit;
          return offsetEdit && !document.isClosed ? rangeOf(document, offsetEdit) : undefined;
        },
        dispose: () => void trackedRanges.delete(trackedRange),
      };
      trackedRanges.set(trackedRange, { document, offsetEdit: { start, end, text: '' } });
      return trackedRange;
    },
    dispose: () => void vscode.Disposable.from(...listeners).dispose(),
  };
}

async function reopenFile(uri: vscode.Uri): Promise<ReopenedDocument | undefined> {
  const document = await reopenDocument(uri);
  return document && { document, isCertain: true };
}

/** The only occurrence of the code in all open documents: an untitled document may have been saved as a file. */
function findElsewhere(content: string): LocatedCode | undefined {
  const { fs, textDocuments } = vscode.workspace;
  const ranges = textDocuments.flatMap((document) => {
    const { scheme } = document.uri;
    if (scheme !== 'untitled' && fs.isWritableFileSystem(scheme) !== true) return [];
    const text = document.getText();
    const span = locateText(text, content, 0);
    if (!span) return [];
    const only = locateOnlyText(text, content, { start: 0, end: text.length });
    return [only && { document, range: rangeOf(document, only) }];
  });
  const [found, ...others] = ranges;
  return found && others.length === 0 ? { kind: 'elsewhere', ...found } : undefined;
}

/**
 * Where the code is in a document that was opened again: nearest to where it had moved by the time it was closed. That is
 * not certain if the text has changed since, for example because edits were discarded, and the code also occurs nearest to
 * where it was at first.
 */
function locateInFile(
  text: string,
  { content, line, column }: AttachedCode,
  closed: ClosedRange | undefined,
): { readonly span: OffsetRange | undefined; readonly isCertain: boolean } {
  const first = locateText(text, content, line, column);
  if (!closed) return { span: first, isCertain: true };
  const span = locateText(text, content, closed.position.line, closed.position.character);
  return { span, isCertain: text.length === closed.length || span?.start === first?.start };
}

function followEdit(range: TrackedCode, edit: vscode.TextDocumentContentChangeEvent): void {
  const isJoined = joins(edit, range.offsetEdit, range.content);
  if (isJoined) range.wasJoined = true;
  range.offsetEdit = isJoined
    ? widenOffsetEdit(range.offsetEdit, edit)
    : adjustOffsetEdit(range.offsetEdit, edit);
}

/**
 * Where the code is within the range that follows it. One edit of text on both sides of the code, such as when a file is
 * loaded again, makes that text a part of the range.
 */
function rangeIn(text: string, { offsetEdit, content, wasJoined }: TrackedCode): OffsetRange {
  if (wasJoined || isSameText(text.slice(offsetEdit.start, offsetEdit.end), content)) return offsetEdit;
  return locateOnlyText(text, content, offsetEdit) ?? offsetEdit;
}

function rangeOf(document: vscode.TextDocument, { start, end }: OffsetRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The lines on which the code was. */
function linesAt(document: vscode.TextDocument, line: number, content: string): vscode.Range {
  const last = line + content.split('\n').length - 1;
  return document.validateRange(new vscode.Range(line, 0, last, Number.MAX_SAFE_INTEGER));
}
