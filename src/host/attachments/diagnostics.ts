import * as vscode from 'vscode';
import { fileLabel } from '../editor/file-label';
import type { ResolvedAttachment } from './attachment-entry';

/** Problems in an attachment; errors come first. */
const MAX_PROBLEMS = 200;
const SEVERITY_NAMES = ['error', 'warning', 'info', 'hint'] as const;

/** The problems of a file, or of all files where none is given. */
export function readProblems(label: string, uri?: string): ResolvedAttachment {
  const all =
    uri === undefined
      ? vscode.languages.getDiagnostics()
      : [[vscode.Uri.parse(uri), vscode.languages.getDiagnostics(vscode.Uri.parse(uri))] as const];
  const found = all
    .flatMap(([file, diagnostics]) => diagnostics.map((diagnostic) => ({ file, diagnostic })))
    .sort((one, other) => one.diagnostic.severity - other.diagnostic.severity);
  if (found.length === 0) return { kind: 'unusable', reason: vscode.l10n.t('there are no problems') };
  const omitted = found.length - MAX_PROBLEMS;
  const lines = found.slice(0, MAX_PROBLEMS).map(({ file, diagnostic }) => describe(file, diagnostic));
  const content = [...lines, ...(omitted > 0 ? [`… and ${omitted} more`] : [])].join('\n');
  const source = uri === undefined ? {} : { source: { uri } };
  return { kind: 'usable', attachment: { kind: 'problems', label, language: '', content, ...source } };
}

/** "orbits.py:12:5: error: message (ruff E501)" */
function describe(file: vscode.Uri, { range, severity, message, source, code }: vscode.Diagnostic): string {
  const { line, character } = range.start;
  const rule = typeof code === 'object' ? code.value : code;
  const from = [source, rule].filter((part) => part !== undefined && part !== '').join(' ');
  const where = `${fileLabel(file)}:${line + 1}:${character + 1}`;
  return `${where}: ${SEVERITY_NAMES[severity]}: ${message}${from === '' ? '' : ` (${from})`}`;
}
