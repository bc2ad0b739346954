import type { Model } from '../model-catalog';
import { readModel, type ChatRequest } from '../chat-request';
import { asBoolean, asNonEmptyArray, asNonEmptyString, asObject, missing, type Fields } from '../checks';
import { Refusal } from '../problems';

export interface ResponsesRequest {
  readonly chat: ChatRequest;
  /** Whether summaries of the reasoning are requested. */
  readonly summary: boolean;
  /** Whether encrypted reasoning is requested, which later requests can contain. */
  readonly encrypted: boolean;
  readonly stream: boolean;
}

const DEFAULT_LIMIT = 512;
const MIN_LIMIT = 16;

const knownParameters = new Set(
  (
    'model input instructions max_output_tokens stream store reasoning text include previous_response_id ' +
    'metadata truncation background'
  ).split(' '),
);
/** Parameters of Chat Completions or of models without reasoning. */
const unsupportedParameters = new Set('temperature top_p top_logprobs'.split(' '));

/** @throws Refusal that names the first parameter that the service does not accept */
export function readResponsesRequest(json: unknown): ResponsesRequest {
  const body = asObject(json, 'body');
  rejectUnknownParameters(body);
  const model = readModel(body['model']);
  const include = readInclude(body['include']);
  readStore(body);
  const stream = body['stream'] !== undefined && asBoolean(body['stream'], 'stream');
  const messages = readInput(body['input']);
  if (body['instructions'] !== undefined) asNonEmptyString(body['instructions'], 'instructions');
  return {
    chat: {
      model,
      messages,
      limit: readLimit(body['max_output_tokens']),
      delivery: 'whole',
      n: 1,
      seed: undefined,
    },
    summary: readReasoning(body['reasoning'], model),
    encrypted: include.includes('reasoning.encrypted_content'),
    stream,
  };
}

function rejectUnknownParameters(body: Fields): void {
  for (const name of Object.keys(body)) {
    if (unsupportedParameters.has(name)) {
      throw new Refusal(`Unsupported parameter: '${name}' is not supported with this model.`, name, null);
    }
    if (knownParameters.has(name)) continue;
    throw new Refusal(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
}

/** Requires `store: false`, because the service would store requests without it. */
function readStore({ store }: Fields): void {
  if (store === undefined) throw missing('store');
  if (asBoolean(store, 'store')) throw new Refusal('Nothing is stored here.', 'store', 'invalid_value');
}

function readLimit(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    const message = "Invalid type for 'max_output_tokens': expected an integer.";
    throw new Refusal(message, 'max_output_tokens', 'invalid_type');
  }
  if (value >= MIN_LIMIT) return value;
  const message = `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${MIN_LIMIT}, but got ${value} instead.`;
  throw new Refusal(message, 'max_output_tokens', 'integer_below_min_value');
}

const summaries = ['auto', 'concise', 'detailed'];

function readReasoning(value: unknown, { id }: Model): boolean {
  if (value === undefined) return false;
  const reasoning = asObject(value, 'reasoning');
  const other = Object.keys(reasoning).find((name) => !['effort', 'summary'].includes(name));
  if (other !== undefined) {
    throw new Refusal(`Unknown parameter: 'reasoning.${other}'.`, `reasoning.${other}`, 'unknown_parameter');
  }
  const { summary, effort } = reasoning;
  if (effort !== undefined && !['low', 'medium', 'high'].includes(text(effort))) {
    const values = "'low', 'medium', and 'high'";
    const message = `Unsupported value: '${text(effort)}' is not supported with the '${id}' model. Supported values are: ${values}.`;
    throw new Refusal(message, 'reasoning.effort', 'unsupported_value');
  }
  if (summary === undefined) return false;
  if (summaries.includes(text(summary))) return true;
  const message = `Invalid value: '${text(summary)}'. Supported values are: 'auto', 'concise', and 'detailed'.`;
  throw new Refusal(message, 'reasoning.summary', 'invalid_value');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function readInclude(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const include = asNonEmptyArray(value, 'include').map((name, index) =>
    asNonEmptyString(name, `include[${index}]`),
  );
  const other = include.find((name) => name !== 'reasoning.encrypted_content');
  if (other === undefined) return include;
  const message = `Invalid value: '${other}'. Supported values are: 'reasoning.encrypted_content'.`;
  throw new Refusal(message, 'include', 'invalid_value');
}

/** The messages. Reasoning items must precede the message that they belong to. */
function readInput(value: unknown): ChatRequest['messages'] {
  if (value === undefined) throw missing('input');
  if (typeof value === 'string') return [{ role: 'user', content: asNonEmptyString(value, 'input') }];
  const items = asNonEmptyArray(value, 'input').map((item, index) => asObject(item, `input[${index}]`));
  return items.flatMap((item, index) => {
    const path = `input[${index}]`;
    if (item['type'] === 'reasoning') {
      checkReasoningItem(item, path, items[index + 1]);
      return [];
    }
    return [readMessage(item, path)];
  });
}

function checkReasoningItem(item: Fields, path: string, next: Fields | undefined): void {
  const id = asNonEmptyString(item['id'], `${path}.id`);
  if (!Array.isArray(item['summary'])) throw missing(`${path}.summary`);
  const { encrypted_content: encrypted } = item;
  if (encrypted === undefined || encrypted === null) {
    const message = `Item with id '${id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`;
    throw new Refusal(message, 'input', null, 404);
  }
  if (encrypted !== encryptedContent(id)) {
    const message = `The encrypted content for item ${id} could not be verified. Reason: Encrypted content could not be decrypted or parsed.`;
    throw new Refusal(message, null, 'invalid_encrypted_content');
  }
  if (next?.['role'] === 'assistant') return;
  const message = `Item '${id}' of type 'reasoning' was provided without its required following item.`;
  throw new Refusal(message, 'input', null);
}

/** Encrypted reasoning that the server can recognize. */
export function encryptedContent(id: string): string {
  return `gAAAAA-${Buffer.from(id).toString('base64url')}`;
}

function readMessage(item: Fields, path: string): ChatRequest['messages'][number] {
  const other = Object.keys(item).find(
    (name) => !['type', 'role', 'content', 'id', 'status', 'phase'].includes(name),
  );
  if (other !== undefined) {
    throw new Refusal(`Unknown parameter: '${path}.${other}'.`, `${path}.${other}`, 'unknown_parameter');
  }
  if (item['type'] !== undefined && item['type'] !== 'message') {
    const message = `Invalid value: '${text(item['type'])}'. Supported values are: 'message' and 'reasoning'.`;
    throw new Refusal(message, `${path}.type`, 'invalid_value');
  }
  const { role } = item;
  if (role !== 'user' && role !== 'assistant' && role !== 'developer' && role !== 'system') {
    const message = `Invalid value: '${String(role)}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`;
    throw new Refusal(message, `${path}.role`, 'invalid_value');
  }
  return {
    role: role === 'assistant' ? 'assistant' : 'user',
    content: readContent(item['content'], role, `${path}.content`),
  };
}

function readContent(value: unknown, role: string, path: string): string {
  if (value === undefined) throw missing(path);
  if (typeof value === 'string') return asNonEmptyString(value, path);
  const requiredType = role === 'assistant' ? 'output_text' : 'input_text';
  const parts = asNonEmptyArray(value, path).map((part, index) => {
    const { type, text: partText } = asObject(part, `${path}[${index}]`);
    if (type === requiredType) return asNonEmptyString(partText, `${path}[${index}].text`);
    const message = `Invalid value: '${String(type)}'. Supported values are: '${requiredType}'.`;
    throw new Refusal(message, `${path}[${index}].type`, 'invalid_value');
  });
  return parts.join('');
}
