import type * as vscode from 'vscode';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { AttachedItemView } from '../../protocol/messages';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, selectedRanges } from '../editor/selection';
import type { Draft } from '../storage/drafts/draft';
import { tokenCountLabel, attachedItemView } from './attachment-cache';
import { fileEntry, labelOf, type AttachmentEntry, type FileEntry } from './attachment-entry';
import { MAX_ATTACHMENT_SIZE } from './attachment-limits';

/** The context that the question box offers to attach: the selection or, if nothing is selected, the current file. */
export interface ImplicitContext {
  readonly view: ImplicitContextView;
  /** The current file under the ID with which it is offered. */
  find(id: string): AttachmentEntry | undefined;
  /** Counts what is in the editor now, and calls back if something else is shown than before. */
  measure(attached: readonly AttachmentEntry[], onChange: () => void): Promise<void>;
}

interface ImplicitContextView {
  /** The size of the selection, such as "120 tokens"; absent if no selection is attached. */
  readonly selection?: string;
  /** Absent if something is selected, or the file is attached already. Nothing of it is sent. */
  readonly currentFile?: AttachedItemView;
}

/** @param isVisible whether the user can see a question box; nothing is counted while the user cannot */
export function createImplicitContext(
  draft: Draft,
  editor: Pick<ActiveEditor, 'current'>,
  counter: TokenCounter,
  isVisible: () => boolean,
): ImplicitContext {
  let view: ImplicitContextView = {};
  /** The view at the last call back. */
  let shown = JSON.stringify(view);
  let offered: FileEntry | undefined;
  let latest = 0;

  async function selectionSize(): Promise<ImplicitContextView> {
    const result = draft.state.withSelection ? readSelection(editor.current) : undefined;
    return result?.kind === 'code' ? { selection: await tokenCountLabel(result.attachments, counter) } : {};
  }

  async function fileView(
    document: vscode.TextDocument | undefined,
    entry: FileEntry | undefined,
  ): Promise<ImplicitContextView> {
    if (!document || !entry) return {};
    const content = document.getText();
    // An editor can show binary data as text, but it cannot be sent.
    if (content.includes('\0')) return {};
    const { languageId: language } = document;
    const attachment = { kind: 'file', label: labelOf(entry), language, content } as const;
    const isCounted = content.length <= MAX_ATTACHMENT_SIZE;
    const tokens = isCounted ? await tokenCountLabel([attachment], counter) : '';
    return { currentFile: attachedItemView(entry, { tokens }) };
  }

  return {
    get view() {
      return view;
    },
    find: (id) => (offered?.id === id ? offered : undefined),
    async measure(attached, onChange) {
      if (!isVisible()) return;
      const mine = ++latest;
      const document = documentWithoutSelection(editor.current);
      const uri = document?.uri.toString();
      const isAttached = attached.some((entry) => entry.kind === 'file' && entry.uri === uri);
      // The entry keeps its ID, by which the webview asks for it.
      const entry =
        !document || isAttached ? undefined : offered?.uri === uri ? offered : fileEntry(document.uri);
      // A file that was attached a moment ago is not offered beside its chip while the selection is counted.
      if (!entry) view = withoutFile(view);
      const next = { ...(await selectionSize()), ...(await fileView(document, entry)) };
      if (mine !== latest) return;
      offered = entry;
      view = next;
      if (JSON.stringify(next) === shown) return;
      shown = JSON.stringify(next);
      onChange();
    },
  };
}

function withoutFile({ selection }: ImplicitContextView): ImplicitContextView {
  return selection === undefined ? {} : { selection };
}

function documentWithoutSelection(editor: vscode.TextEditor | undefined): vscode.TextDocument | undefined {
  return editor && selectedRanges(editor.selections).length === 0 ? editor.document : undefined;
}
