import * as vscode from 'vscode';
import type { ChatEvent, RequestTools, Tool } from '../../core/api';
import { isObject, parseJson } from '../../core/json';
import { isParameterValue } from '../../core/models/parameter-values';
import { formatMessage } from '../../core/text/untrusted-text';
import type { TokenCounter } from '../../core/tokens/token-counter';
import { withAbortSignal } from '../cancellation';
import type { LanguageModelRequest, SendLanguageModelRequest } from '../chat/language-model-requests';
import type { ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import { TOKENS_PER_MESSAGE } from '../chat/estimates/request-estimate';
import type { ModelMetadataService } from '../models/model-metadata';
import { accessService, accessServiceSilently, type AccessServices } from '../models/service-access';
import { readEndpoint } from '../models/service-endpoint';
import { readSettings } from '../settings';
import { createEmptyAnswerCheck } from './empty-answer';
import { errorOf } from './language-model-errors';
import { modelInformation } from './model-information';
import { readRequestMessages, textOf } from './request-messages';

export interface ModelProviderServices extends AccessServices {
  readonly models: ModelMetadataService;
  readonly counter: TokenCounter;
  readonly errors: ErrorDescriptions;
  readonly sendLanguageModelRequest: SendLanguageModelRequest;
}

/** Longest wait for the list of the service, in ms; then the list as it was read last is used. */
const MAX_WAIT_MS = 3000;

/** The models of the service in VS Code's model picker and for other extensions. */
export function createModelProvider(services: ModelProviderServices): vscode.LanguageModelChatProvider {
  const { counter, sendLanguageModelRequest, errors } = services;
  return {
    provideLanguageModelChatInformation: ({ silent }) => listModels(silent, services),

    async provideTokenCount(_, text) {
      return typeof text === 'string'
        ? counter.count(text)
        : (await counter.count(textOf(text))) + TOKENS_PER_MESSAGE;
    },

    async provideLanguageModelChatResponse({ id: model }, messages, options, progress, token) {
      const request = {
        model,
        ...readRequestMessages(messages),
        ...toolsOf(options, model, services.models),
        ...modelOptions(options.modelOptions ?? {}),
      } satisfies LanguageModelRequest;
      const limit = request.maxCompletionTokens ?? readSettings().settings.maxCompletionTokens;
      const response = createResponse(progress, limit);
      const outcome = await withAbortSignal(token, (signal) =>
        sendLanguageModelRequest(request, response.add, signal),
      );
      if (outcome.kind !== 'complete') throw await errorOf(outcome, errors);
      response.end();
    },
  };
}

/** @param silent whether the user must not be asked anything; in that case, no request is sent either */
async function listModels(
  silent: boolean,
  services: ModelProviderServices,
): Promise<vscode.LanguageModelChatInformation[]> {
  const { models, keys } = services;
  const { settings } = readSettings();
  const access = silent
    ? await accessServiceSilently(settings, keys)
    : await accessService(readEndpoint(settings), settings, services);
  if (access?.kind !== 'ready') return [];
  const { endpoint, apiKey } = access;
  if (apiKey === undefined && !endpoint.loopback) return [];
  const fresh = silent ? undefined : await models.modelListWithin(settings, endpoint, apiKey, MAX_WAIT_MS);
  return modelInformation(fresh ?? (await models.storedModelList(endpoint)), settings, endpoint, models);
}

/** The tools of a request; nothing without any. Throws if the model is known to have none. */
function toolsOf(
  { tools = [], toolMode }: vscode.ProvideLanguageModelChatResponseOptions,
  model: string,
  models: ModelMetadataService,
): { readonly tools?: RequestTools } {
  const [first, ...others] = tools.map(({ name, description, inputSchema }): Tool => ({
    name,
    description,
    ...(inputSchema && { parameters: inputSchema }),
  }));
  if (!first) return {};
  const { settings } = readSettings();
  const endpoint = readEndpoint(settings);
  const known =
    typeof endpoint === 'string'
      ? undefined
      : models.getSourcedMetadata({ ...settings, model }, endpoint).tools;
  if (known?.value === false) {
    const text = vscode.l10n.t('{0} does not support tools. Select another model.');
    throw new vscode.LanguageModelError(formatMessage(text, [model]));
  }
  const choice = toolMode === vscode.LanguageModelChatToolMode.Required ? 'required' : 'auto';
  return { tools: { list: [first, ...others], choice } };
}

/** The options of a request, by the names of the settings or of the API; docs/api.md lists them. */
function modelOptions(
  options: Readonly<Record<string, unknown>>,
): Pick<LanguageModelRequest, 'reasoningEffort' | 'maxCompletionTokens'> {
  const effort = options['reasoningEffort'] ?? options['reasoning_effort'];
  const limit = options['maxCompletionTokens'] ?? options['max_completion_tokens'] ?? options['max_tokens'];
  return {
    ...(isParameterValue(effort) && { reasoningEffort: effort }),
    ...(typeof limit === 'number' && Number.isInteger(limit) && limit > 0 && { maxCompletionTokens: limit }),
  };
}

/** Passes an answer on while it arrives. The stable API has no part for reasoning, so that is left out. */
function createResponse(
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
  limit: number,
): {
  readonly add: (event: ChatEvent) => void;
  /** Throws if the answer contains nothing, or a call that cannot be passed on. */
  readonly end: () => void;
} {
  const emptyAnswer = createEmptyAnswerCheck(limit);
  let unreadableCall: string | undefined;
  return {
    add(event) {
      emptyAnswer.add(event);
      if (event.type === 'text' || event.type === 'refusal') {
        progress.report(new vscode.LanguageModelTextPart(event.text));
      } else if (event.type === 'toolCall') {
        const { id, name, arguments: json } = event.toolCall;
        const input = parseJson(json);
        if (isObject(input)) progress.report(new vscode.LanguageModelToolCallPart(id, name, input));
        else unreadableCall = name;
      }
    },
    end() {
      if (unreadableCall !== undefined) {
        const text = vscode.l10n.t('The model called the tool {0} with arguments that are not valid JSON.');
        throw new vscode.LanguageModelError(formatMessage(text, [unreadableCall]));
      }
      emptyAnswer.end();
    },
  };
}
