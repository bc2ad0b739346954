import * as vscode from 'vscode';
import { fileLabel } from '../editor/file-label';
import type { ResolvedAttachment } from './attachment-entry';

/** The most that are told of; errors come first. */
const most = 200;
const words = ['error', 'warning', 'info', 'hint'] as const;

/** The problems that VS Code shows of a file, or without one of all files. */
export function readProblems(label: string, uri?: string): ResolvedAttachment {
  const all =
    uri === undefined
      ? vscode.languages.getDiagnostics()
      : [[vscode.Uri.parse(uri), vscode.languages.getDiagnostics(vscode.Uri.parse(uri))] as const];
  const found = all
    .flatMap(([file, diagnostics]) => diagnostics.map((diagnostic) => ({ file, diagnostic })))
    .sort((one, other) => one.diagnostic.severity - other.diagnostic.severity);
  if (found.length === 0) return { kind: 'unusable', reason: vscode.l10n.t('there are no problems') };
  const left = found.length - most;
  const lines = found.slice(0, most).map(({ file, diagnostic }) => describe(file, diagnostic));
  const content = [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
  const source = uri === undefined ? {} : { source: { uri } };
  return { kind: 'usable', attachment: { kind: 'problems', label, language: '', content, ...source } };
}

/** "orbits.py:12:5: error: message (ruff E501)" */
function describe(file: vscode.Uri, { range, severity, message, source, code }: vscode.Diagnostic): string {
  const { line, character } = range.start;
  const rule = typeof code === 'object' ? code.value : code;
  const from = [source, rule].filter((part) => part !== undefined && part !== '').join(' ');
  const where = `${fileLabel(file)}:${line + 1}:${character + 1}`;
  return `${where}: ${words[severity]}: ${message}${from === '' ? '' : ` (${from})`}`;
}
