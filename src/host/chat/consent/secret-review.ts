import type { Turn } from '../../../core/chat/turn';
import { lazy } from '../../../core/lazy';
import { cannotContainSecret } from '../../../core/privacy/secret-pre-filter';
import type { Secret } from '../../../core/privacy/secrets';
import type { ChatPlaceholders, SecretPlaceholders } from '../../../core/privacy/secret-placeholders';
import {
  changeTexts,
  requestTexts,
  wasSentTo,
  type RequestContent,
  type RequestText,
} from '../../../core/privacy/request-texts';
import type { LocalFiles } from '../../platform';
import { yieldNow } from '../../time-slices';
import type { FileFinding, Finding } from './secret-dialog';

/** A request before it is sent. */
interface OutgoingRequest extends RequestContent {
  /** The id of its chat. */
  readonly chatId: string;
  readonly service: OutgoingService;
  /** The turn that is sent again or edited. The user has already consented to its attachments. */
  readonly previous?: Turn;
}

interface OutgoingService {
  readonly origin: string;
  /** The key of the service is a secret too, whatever it looks like. */
  readonly apiKey?: string;
}

/** Finds secrets and files from outside the workspace in requests, and asks the user before they leave. */
export interface SecretReview {
  /** The content as it is to be sent, with placeholders where the user wants them; undefined when cancelled. */
  review(request: OutgoingRequest): Promise<RequestContent | undefined>;
  /** The content as a review would make it if the user chose placeholders, and how many are not yet decided. */
  preview(
    request: OutgoingRequest,
  ): Promise<{ readonly content: RequestContent; readonly undecided: number }>;
}

/** Shorter API keys, such as those of local servers, may occur in a text by chance. In UTF-16 units. */
const MIN_API_KEY_LENGTH = 8;

export function createSecretReview(placeholders: ChatPlaceholders, files?: LocalFiles): SecretReview {
  const loadFileLocator = lazy(async () => {
    const { createFileLocator } = await import('../../attachments/file-location');
    return createFileLocator(files);
  });
  /** The content that the user agreed to send: the values of secrets and the paths of files, by chat and service. */
  const agreements = new Map<string, Set<string>>();

  function agreedIn({ chatId, service }: OutgoingRequest): Set<string> {
    const key = `${chatId} ${service.origin}`;
    const agreed = agreements.get(key) ?? new Set();
    agreements.set(key, agreed);
    return agreed;
  }

  async function findUndecidedSecrets(request: OutgoingRequest): Promise<readonly Finding[]> {
    const agreed = agreedIn(request);
    const table = placeholders.of(request.chatId);
    const found = await findSecretsIn(requestTexts(request, request.service.origin), request.service.apiKey);
    return found.filter(({ value }) => !agreed.has(value) && !table.has(value));
  }

  async function findUndecidedFiles(request: OutgoingRequest): Promise<readonly FileFinding[]> {
    const { question, previous, service } = request;
    if (previous && wasSentTo(previous, service.origin)) return [];
    const agreed = agreedIn(request);
    const found: FileFinding[] = [];
    for (const { label, source } of question.attachments ?? []) {
      const location = source && (await (await loadFileLocator()).locate(source));
      if (!location || agreed.has(location.path) || (!location.outside && !location.sensitive)) continue;
      found.push({ ...location, label });
    }
    return found;
  }

  return {
    async review(request) {
      const secrets = await findUndecidedSecrets(request);
      const files = await findUndecidedFiles(request);
      const table = placeholders.of(request.chatId);
      if (secrets.length + files.length > 0) {
        const { askAboutSecrets } = await import('./secret-dialog');
        const decision = await askAboutSecrets(new URL(request.service.origin).host, secrets, files);
        if (decision === 'cancel') return undefined;
        const agreed = agreedIn(request);
        for (const { path } of files) agreed.add(path);
        if (decision === 'send') for (const { value } of secrets) agreed.add(value);
        else table.add(valuesOf(secrets), textsOf(request));
      }
      return hideSecrets(request, table);
    },
    async preview(request) {
      const secrets = await findUndecidedSecrets(request);
      const table = placeholders.of(request.chatId).copy();
      table.add(valuesOf(secrets), textsOf(request));
      return { content: hideSecrets(request, table), undecided: new Set(valuesOf(secrets)).size };
    },
  };
}

function hideSecrets(request: OutgoingRequest, table: SecretPlaceholders): RequestContent {
  return table.isEmpty ? request : changeTexts(request, (text) => table.hide(text));
}

function valuesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ value }) => value);
}

function textsOf(request: OutgoingRequest): readonly string[] {
  return requestTexts(request, '').map(({ text }) => text);
}

async function findSecretsIn(
  texts: readonly RequestText[],
  apiKey: string | undefined,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const outgoing of texts) {
    const { text } = outgoing;
    const secrets = [...(await secretsOf(outgoing)), ...occurrenceOf(apiKey, text)];
    findings.push(...secrets.map((secret) => findingOf(secret, outgoing)));
  }
  return findings;
}

/** The lines of a file are counted from its beginning, also where only a part of it is attached. */
function findingOf({ kind, value, offset }: Secret, { location, text }: RequestText): Finding {
  const first = location.kind === 'attachment' ? (location.attachment.source?.lines?.[0] ?? 1) : 1;
  const line = first + text.slice(0, offset).split('\n').length - 1;
  return { kind, value, location, line };
}

/** The rules are large, so they are loaded with the first text that may contain a secret. */
async function secretsOf({ location, text }: RequestText): Promise<readonly Secret[]> {
  if (cannotContainSecret(text)) return [];
  const { environmentSecrets, findSecrets } = await import('../../../core/privacy/secrets');
  const secrets = await findSecrets(text, yieldNow);
  return (await isEnvironmentFile(location)) ? [...secrets, ...environmentSecrets(text)] : secrets;
}

async function isEnvironmentFile(location: RequestText['location']): Promise<boolean> {
  if (location.kind !== 'attachment') return false;
  const { sensitiveFileKind } = await import('../../../core/privacy/sensitive-files');
  const { source } = location.attachment;
  const paths = source ? [source.uri, source.realPath ?? ''] : [];
  return paths.some((path) => sensitiveFileKind(path) === 'environment');
}

function occurrenceOf(apiKey: string | undefined, text: string): readonly Secret[] {
  if (apiKey === undefined || apiKey.length < MIN_API_KEY_LENGTH) return [];
  const offset = text.indexOf(apiKey);
  return offset < 0 ? [] : [{ kind: { service: '', type: 'API key' }, value: apiKey, offset }];
}
