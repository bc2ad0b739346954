import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import { bestMatches } from '../../core/text/fuzzy';
import type { AttachRequest, CompletionView, ToWebviewMessage } from '../../protocol/messages';
import { readSettings } from '../settings';
import { fileEntry } from './drop-and-paste';
import { baseName, folderName, openFiles, workspaceFiles } from './workspace-files';
import { allPrompts } from './prompts';
import { labelOf, type AttachmentEntry } from './attachment-entry';
import { workspaceSymbols } from './symbols';

/** What completes a word in the question box. */
export interface Completion {
  /** Answers at once with what is known, and again when symbols were found. */
  complete(request: Extract<AttachRequest, { type: 'complete' }>, reply: Post): Promise<void>;
  /** What stands behind one that was told. */
  accepted(item: string): readonly AttachmentEntry[];
  dispose(): void;
}

type Post = (message: ToWebviewMessage) => void;

interface Candidate {
  readonly icon: string;
  readonly label: string;
  readonly detail: string;
  /** What is matched with what was typed. */
  readonly matched: string;
  readonly entry: AttachmentEntry;
}

/** How many are shown, and how long a list of files is good for, in milliseconds. */
const mostFiles = 12;
const mostSymbols = 8;
const fresh = 10_000;
/** Of those that were told, so many can still be accepted. */
const remembered = 500;

export function createCompletion(clock: Clock): Completion {
  const told = new Map<string, AttachmentEntry>();
  let files: { readonly found: Promise<readonly vscode.Uri[]>; readonly at: number } | undefined;
  let last = 0;
  const forget = (): void => void (files = undefined);
  const listeners = [
    vscode.workspace.onDidCreateFiles(forget),
    vscode.workspace.onDidDeleteFiles(forget),
    vscode.workspace.onDidRenameFiles(forget),
  ];

  function allFiles(): Promise<readonly vscode.Uri[]> {
    if (!files || clock.now() - files.at > fresh) files = { found: workspaceFiles(), at: clock.now() };
    return files.found;
  }

  function offer({ icon, label, detail, entry }: Candidate): CompletionView {
    const id = String(++last);
    told.set(id, entry);
    told.delete(String(last - remembered));
    return { id, icon, label, detail };
  }

  async function attachable(typed: string): Promise<readonly CompletionView[]> {
    const open = openFiles();
    const opened = new Set(open.map(String));
    const others = (await allFiles()).filter((uri) => !opened.has(uri.toString()));
    const found = bestMatches(typed, [...open, ...others].map(fileCandidate), matchedOf, mostFiles);
    const shown = bestMatches(typed, otherCandidates(), matchedOf, 3);
    return [...found, ...shown].map(offer);
  }

  return {
    async complete({ request, prompts, typed }, reply) {
      const say = (items: readonly CompletionView[]): void => reply({ type: 'completions', request, items });
      if (prompts) {
        say(promptViews(typed));
        return;
      }
      const first = await attachable(typed);
      say(first);
      if (typed.length < 2) return;
      const symbols = (await workspaceSymbols(typed)).map(symbolCandidate);
      const matching = bestMatches(typed, symbols, matchedOf, mostSymbols);
      if (matching.length > 0) say([...first, ...matching.map(offer)]);
    },
    accepted(item) {
      const entry = told.get(item);
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
    icon: 'file',
    label: baseName(uri),
    detail: folderName(uri),
    matched,
    entry: fileEntry(uri),
  };
}

/** What is no file: the problems and the changes, found by their names in English too. */
function otherCandidates(): readonly Candidate[] {
  const active = vscode.window.activeTextEditor?.document.uri ?? openFiles()[0];
  const id = (): string => crypto.randomUUID();
  const entries: readonly (readonly [string, string, AttachmentEntry])[] = [
    ['warning', 'problems', { kind: 'problems', id: id() }],
    ...(active
      ? [['warning', 'problems', { kind: 'problems', id: id(), uri: active.toString() }] as const]
      : []),
    ['git-compare', 'changes', { kind: 'changes', id: id() }],
  ];
  return entries.map(([icon, name, entry]) => ({
    icon,
    label: labelOf(entry),
    detail: '',
    matched: `${labelOf(entry)} ${name}`,
    entry,
  }));
}

function symbolCandidate({ name, location }: vscode.SymbolInformation): Candidate {
  const { uri, range } = location;
  return {
    icon: 'symbol-method',
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
  return bestMatches(typed, prompts, ({ name }) => name, 20).map(({ name, description, prompt }) => ({
    id: name,
    icon: 'comment',
    label: `/${name}`,
    detail: description ?? prompt,
    text: prompt,
  }));
}
