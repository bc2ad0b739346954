import type { Endpoint } from '../api/addresses/endpoint';
import { requestHeaders } from '../api/headers';
import { readAvailableText } from '../api/streams/response-body';
import type { Transport } from '../api/transport';
import type { Clock } from '../clock';
import { arrayField, field, numberField, parseJson, stringField } from '../json';
import { listedCapabilities } from './listed-capabilities';
import { parseModels, type ListedModel } from './model-parser';

/**
 * A request for details that the list of a local server lacks and that the server provides at other addresses. The context
 * window there is the configured one, which is usually smaller than that of the model.
 */
export interface LocalServerRequest {
  readonly endpoint: Endpoint;
  readonly apiKey: string | undefined;
  readonly signal: AbortSignal;
}

/** Time limit for each response, in ms. It comes from this computer or its network. */
const MAX_WAIT_MS = 3000;

/** Largest response that is read, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Number of Ollama models whose details are requested, because each takes a request of its own. */
const MAX_MODELS = 20;

/** The models with the details that their server provides at other addresses. Without a response they are unchanged. */
export async function withLocalServerDetails(
  models: readonly ListedModel[],
  request: LocalServerRequest,
  transport: Transport,
  clock: Clock,
): Promise<readonly ListedModel[]> {
  const ask = (path: string, body?: object): Promise<unknown> =>
    requestJson(path, body, request, transport, clock);
  const server = models.find((model) => model.server)?.server;
  switch (server) {
    case 'ollama': {
      const asked = models.slice(0, MAX_MODELS);
      const details = await Promise.all(asked.map(({ id }) => ask('/api/show', { model: id })));
      return models.map((model, index) => ({ ...model, ...ollamaMetadata(details[index]) }));
    }
    case 'lm-studio':
      return withMetadataOf(models, parseModels(await ask('/api/v1/models')));
    case 'llama.cpp': {
      const options = field(await ask('/props'), 'default_generation_settings');
      const context = numberField(options, 'n_ctx');
      return isCount(context) ? models.map((model) => ({ ...model, context })) : models;
    }
    case undefined:
      return models;
  }
}

function withMetadataOf(
  models: readonly ListedModel[],
  others: readonly ListedModel[],
): readonly ListedModel[] {
  const byId = new Map(others.map((model) => [model.id, model]));
  return models.map((model) => ({ ...model, ...byId.get(model.id), aliases: model.aliases }));
}

/** Without this option, Ollama chooses the context window depending on the memory of the computer. */
function ollamaMetadata(shown: unknown): Partial<ListedModel> {
  if (arrayField(shown, 'capabilities').length === 0) return {};
  const context = Number(/^num_ctx\s+(\d{1,9})\s*$/m.exec(stringField(shown, 'parameters') ?? '')?.[1]);
  return {
    ...listedCapabilities({ capabilities: arrayField(shown, 'capabilities') }),
    ...(isCount(context) && { context }),
  };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value > 0;
}

/** Requests JSON at the origin of the service. A failure is undefined, as the details are not necessary. */
async function requestJson(
  path: string,
  body: object | undefined,
  { endpoint, apiKey, signal }: LocalServerRequest,
  transport: Transport,
  clock: Clock,
): Promise<unknown> {
  const abortController = new AbortController();
  const cancel = clock.after(MAX_WAIT_MS, () => abortController.abort());
  try {
    const { sent, response: pending } = transport({
      method: body ? 'POST' : 'GET',
      url: new URL(path, endpoint.origin),
      headers: {
        ...requestHeaders(endpoint.headers, apiKey),
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, abortController.signal]),
    });
    pending.catch(() => undefined);
    await sent;
    const response = await pending;
    if (response.status !== 200) return undefined;
    return parseJson(await readAvailableText(response, MAX_BYTES));
  } catch {
    return undefined;
  } finally {
    cancel();
    abortController.abort();
  }
}
