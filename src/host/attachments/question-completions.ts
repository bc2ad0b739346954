import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import { bestMatches } from '../../core/text/fuzzy';
import type { CompletionView } from '../../protocol/messages';
import type { RequestBody } from '../../protocol/requests';
import { readSettings } from '../settings';
import { baseName, folderName, openFiles, workspaceFiles, workspaceSymbols } from './workspace-search';
import { allPrompts } from '../prompts';
import { fileEntry, labelOf, type AttachmentEntry } from './attachment-entry';
import { PROMPT_ICON, iconOf } from './attachment-icons';

/** Completes a word in the question box. */
export interface QuestionCompletions {
  /** Prompts, or files and other attachments whose names match. */
  complete(request: RequestBody<'getCompletions'>): Promise<readonly CompletionView[]>;
  /** Symbols of the workspace whose names match. */
  completeSymbols(request: RequestBody<'completeSymbols'>): Promise<readonly CompletionView[]>;
  /** The attachment of a completion that was returned before. */
  accepted(item: string): readonly AttachmentEntry[];
  dispose(): void;
}

interface Candidate {
  readonly label: string;
  readonly detail: string;
  /** The text that is compared with the typed word. */
  readonly matched: string;
  readonly entry: AttachmentEntry;
}

const MAX_FILE_COMPLETIONS = 12;
const MAX_SYMBOL_COMPLETIONS = 8;
const MAX_PROMPT_COMPLETIONS = 20;
/** Problems and changes that are offered besides files. */
const MAX_OTHER_COMPLETIONS = 3;
/** Shorter words match too many symbols, in UTF-16 units. */
const MIN_SYMBOL_LENGTH = 2;
/** Time for which a list of the workspace's files is reused, in ms. */
const FILES_EXPIRY_MS = 10_000;
/** Completions that can still be accepted. */
const MAX_OFFERED = 500;

export function createQuestionCompletions(clock: Clock): QuestionCompletions {
  const offered = new Map<string, AttachmentEntry>();
  let files: { readonly found: Promise<readonly vscode.Uri[]>; readonly at: number } | undefined;
  let last = 0;
  const forget = (): void => void (files = undefined);
  const listeners = [
    vscode.workspace.onDidCreateFiles(forget),
    vscode.workspace.onDidDeleteFiles(forget),
    vscode.workspace.onDidRenameFiles(forget),
  ];

  function allFiles(): Promise<readonly vscode.Uri[]> {
    if (!files || Math.abs(clock.now() - files.at) > FILES_EXPIRY_MS) {
      const found = workspaceFiles().catch((error: unknown) => {
        // The next word tries again.
        forget();
        throw error;
      });
      files = { found, at: clock.now() };
    }
    return files.found;
  }

  function offer({ label, detail, entry }: Candidate): CompletionView {
    const id = String(++last);
    offered.set(id, entry);
    offered.delete(String(last - MAX_OFFERED));
    return { id, icon: iconOf(entry), label, detail };
  }

  async function attachable(typed: string): Promise<readonly CompletionView[]> {
    const open = openFiles();
    const opened = new Set(open.map(String));
    const others = (await allFiles()).filter((uri) => !opened.has(uri.toString()));
    const found = bestMatches(
      typed,
      [...open, ...others].map(fileCandidate),
      matchedOf,
      MAX_FILE_COMPLETIONS,
    );
    const shown = bestMatches(typed, otherCandidates(), matchedOf, MAX_OTHER_COMPLETIONS);
    return [...found, ...shown].map(offer);
  }

  return {
    complete: async ({ prompts, typed }) => (prompts ? promptViews(typed) : attachable(typed)),
    async completeSymbols({ typed }) {
      if (typed.length < MIN_SYMBOL_LENGTH) return [];
      const symbols = (await workspaceSymbols(typed)).map(symbolCandidate);
      return bestMatches(typed, symbols, matchedOf, MAX_SYMBOL_COMPLETIONS).map(offer);
    },
    accepted(item) {
      const entry = offered.get(item);
      return entry ? [entry] : [];
    },
    dispose: () => void vscode.Disposable.from(...listeners).dispose(),
  };
}

function matchedOf({ matched }: Candidate): string {
  return matched;
}

function fileCandidate(uri: vscode.Uri): Candidate {
  const matched = vscode.workspace.asRelativePath(uri);
  return {
    label: baseName(uri),
    detail: folderName(uri),
    matched,
    entry: fileEntry(uri),
  };
}

/** The problems and the changes, which are also found by their English names. */
function otherCandidates(): readonly Candidate[] {
  const active = vscode.window.activeTextEditor?.document.uri ?? openFiles()[0];
  const id = (): string => crypto.randomUUID();
  const entries: readonly AttachmentEntry[] = [
    { kind: 'problems', id: id() },
    ...(active ? [{ kind: 'problems', id: id(), uri: active.toString() } as const] : []),
    { kind: 'changes', id: id() },
  ];
  return entries.map((entry) => ({
    label: labelOf(entry),
    detail: '',
    matched: `${labelOf(entry)} ${entry.kind}`,
    entry,
  }));
}

function symbolCandidate({ name, location }: vscode.SymbolInformation): Candidate {
  const { uri, range } = location;
  return {
    label: name,
    detail: vscode.workspace.asRelativePath(uri),
    matched: name,
    entry: symbolEntry(name, uri, range),
  };
}

export function symbolEntry(name: string, uri: vscode.Uri, { start }: vscode.Range): AttachmentEntry {
  return { kind: 'symbol', id: crypto.randomUUID(), uri: uri.toString(), name, line: start.line };
}

function promptViews(typed: string): readonly CompletionView[] {
  const prompts = allPrompts(readSettings().settings.prompts);
  return bestMatches(typed, prompts, ({ name }) => name, MAX_PROMPT_COMPLETIONS).map(
    ({ name, description, prompt }) => ({
      id: name,
      icon: PROMPT_ICON,
      label: `/${name}`,
      detail: description ?? prompt,
      text: prompt,
    }),
  );
}
