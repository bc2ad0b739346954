import { l10n } from 'vscode';
import type { TextLocation } from '../../../core/privacy/request-texts';
import type { SecretKind } from '../../../core/privacy/secrets';
import { formatMessage } from '../../../core/text/untrusted-text';
import type { SensitiveFileKind } from '../../../core/privacy/sensitive-files';
import type { FileLocation } from '../../attachments/file-location';
import { showDialog } from '../../notifications';

/** A secret that would be sent. */
export interface Finding {
  readonly kind: SecretKind;
  readonly value: string;
  readonly location: TextLocation;
  /** From 1, in its file where it is from one. */
  readonly line: number;
}

/** An attachment about which the user is asked whatever its content is. */
export interface FileFinding extends FileLocation {
  readonly label: string;
}

export type SecretDecision = 'send' | 'replace' | 'cancel';

/** Entries of each kind that the dialog lists. */
const MAX_LISTED = 12;

/**
 * Asks before secrets, or files from outside the workspace, are sent.
 *
 * @param host the service that would get them
 */
export async function askAboutSecrets(
  host: string,
  secrets: readonly Finding[],
  files: readonly FileFinding[],
): Promise<SecretDecision> {
  const send = l10n.t('Send');
  const replace = l10n.t('Replace with Placeholders');
  const chosen = await showDialog({
    severity: 'warning',
    text: questionFor(secrets, files),
    values: [host],
    detail: [
      ...listed(secrets.map(secretLine)),
      ...listed(files.map(fileLine)),
      ...(secrets.length > 0 ? ['', explanation()] : []),
      '',
      l10n.t('Nothing has been sent yet.'),
    ].join('\n'),
    // The first button is the one that Enter presses.
    buttons: secrets.length > 0 ? [replace, send] : [send],
  });
  if (chosen === send) return 'send';
  return chosen === replace ? 'replace' : 'cancel';
}

function questionFor(secrets: readonly Finding[], files: readonly FileFinding[]): string {
  if (secrets.length > 0) return l10n.t('Do you want to send possible secrets to {0}?');
  return files.some(({ outside }) => outside)
    ? l10n.t('Do you want to send files from outside the workspace to {0}?')
    : l10n.t('Do you want to send files that may contain secrets to {0}?');
}

function explanation(): string {
  return l10n.t(
    'With placeholders, the service receives names such as SECRET_1 instead. Answers show the original values, which are kept only in memory until the window is reloaded.',
  );
}

function listed(lines: readonly string[]): readonly string[] {
  const unique = [...new Set(lines)];
  const more = unique.length - MAX_LISTED;
  return [...unique.slice(0, MAX_LISTED), ...(more > 0 ? [l10n.t('• and {0} more', more)] : [])];
}

function secretLine({ kind, location, line }: Finding): string {
  return formatMessage(l10n.t('• {0}: {1}, line {2}'), [kindName(kind), locationName(location), line]);
}

function fileLine({ label, path, outside, sensitive, ignored }: FileFinding): string {
  const reasons = [
    ...(outside ? [l10n.t('outside the workspace')] : []),
    ...(sensitive ? [sensitiveName(sensitive)] : []),
    ...(ignored ? [l10n.t('ignored by Git')] : []),
  ].join(', ');
  const values = [label, path, reasons];
  return outside
    ? formatMessage(l10n.t('• {0} ({1}): {2}'), values)
    : formatMessage(l10n.t('• {0}: {2}'), values);
}

function locationName(location: TextLocation): string {
  switch (location.kind) {
    case 'question':
      return l10n.t('your question');
    case 'instructions':
      return l10n.t('the setting o1mini.instructions');
    case 'attachment':
      return location.attachment.label;
    case 'earlier-question':
      return formatMessage(l10n.t('your earlier question "{0}"'), [location.question.slice(0, 40)]);
    case 'earlier-answer':
      return formatMessage(l10n.t('the answer to "{0}"'), [location.question.slice(0, 40)]);
  }
}

/** "GitHub token". */
function kindName({ service, type }: SecretKind): string {
  const [named, unnamed] = kindNames(type);
  return service === '' ? unnamed : formatMessage(named, [service]);
}

function kindNames(type: SecretKind['type']): readonly [named: string, unnamed: string] {
  switch (type) {
    case 'token':
      return [l10n.t('{0} token'), l10n.t('Token')];
    case 'API key':
      return [l10n.t('{0} API key'), l10n.t('API key')];
    case 'secret key':
      return [l10n.t('{0} secret key'), l10n.t('Secret key')];
    case 'access key ID':
      return [l10n.t('{0} access key ID'), l10n.t('Access key ID')];
    case 'private key':
      return [l10n.t('{0} private key'), l10n.t('Private key')];
    case 'webhook address':
      return [l10n.t('{0} webhook address'), l10n.t('Webhook address')];
    case 'password in an address':
      return [l10n.t('Password in a {0} address'), l10n.t('Password in an address')];
    case 'value':
      return [l10n.t('Value of {0}'), l10n.t('Secret')];
    case 'secret':
      return [l10n.t('{0} secret'), l10n.t('Secret')];
  }
}

function sensitiveName(kind: SensitiveFileKind): string {
  switch (kind) {
    case 'environment':
      return l10n.t('environment file');
    case 'private-key':
      return l10n.t('private key file');
    case 'credentials':
      return l10n.t('credentials file');
    case 'password-database':
      return l10n.t('password database');
    case 'terraform':
      return l10n.t('Terraform state or variables');
    case 'shell-history':
      return l10n.t('command history');
  }
}
