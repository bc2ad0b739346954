import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { fileLabel } from '../editor/file-label';
import type { ResolvedAttachment } from './attachment-entry';

/** Problems in an attachment; errors come first. */
const MAX_PROBLEMS = 200;
/** Related places of one problem. */
const MAX_RELATED_LOCATIONS = 10;
const SEVERITY_NAMES = ['error', 'warning', 'info', 'hint'] as const;

/** The problems of a file, or of all files if none is given. */
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

/** Some problems of a file, with the places that they name as related. */
export function problemsAttachment(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): Attachment {
  const content = diagnostics
    .slice(0, MAX_PROBLEMS)
    .flatMap((diagnostic) => [describe(uri, diagnostic), ...relatedLocations(diagnostic)])
    .join('\n');
  const label = vscode.l10n.t('Problems in {0}', fileLabel(uri));
  return { kind: 'problems', label, language: '', content, source: { uri: uri.toString() } };
}

function relatedLocations({ relatedInformation = [] }: vscode.Diagnostic): readonly string[] {
  return relatedInformation
    .slice(0, MAX_RELATED_LOCATIONS)
    .map(({ location: { uri, range }, message }) => `  ${locationText(uri, range)}: ${message}`);
}

/** "orbits.py:12:5", from 1 */
function locationText(file: vscode.Uri, { start }: vscode.Range): string {
  return `${fileLabel(file)}:${start.line + 1}:${start.character + 1}`;
}

/** "orbits.py:12:5: error: message (ruff E501)" */
function describe(file: vscode.Uri, { range, severity, message, source, code }: vscode.Diagnostic): string {
  const rule = typeof code === 'object' ? code.value : code;
  const from = [source, rule].filter((part) => part !== undefined && part !== '').join(' ');
  return `${locationText(file, range)}: ${SEVERITY_NAMES[severity]}: ${message}${from === '' ? '' : ` (${from})`}`;
}
