import * as v from 'valibot';
import { streamEvents } from '../../core/api/streams/event-queue';
import { isParameterValue } from '../../core/models/parameter-values';
import type { LanguageModelRequest, SendLanguageModelRequest } from '../chat/language-model-requests';
import type { ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import { readSettings } from '../settings';
import { createEmptyAnswerCheck } from '../vscode-chat/empty-answer';
import { errorOf } from '../vscode-chat/language-model-errors';
import type { AskMessage, AskOptions, ExtensionApi } from './api';
import type { ExtensionAccess } from './extension-access';

export interface AskServices {
  readonly sendLanguageModelRequest: SendLanguageModelRequest;
  readonly access: ExtensionAccess;
  readonly errors: ErrorDescriptions;
}

const text = v.pipe(v.string(), v.nonEmpty());

/** The arguments come from another extension, which may be written in JavaScript. */
const schema = v.object({
  messages: v.pipe(
    v.array(v.object({ role: v.picklist(['system', 'user', 'assistant']), content: text })),
    v.check((messages) => messages.some(({ role }) => role === 'user')),
  ),
  options: v.object({
    extensionId: text,
    justification: v.exactOptional(v.string()),
    model: v.exactOptional(text),
    reasoningEffort: v.exactOptional(v.custom<string>(isParameterValue)),
    maxCompletionTokens: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    signal: v.exactOptional(v.instance(AbortSignal)),
  }),
});

export function createAsk({ sendLanguageModelRequest, access, errors }: AskServices): ExtensionApi['ask'] {
  return async function* ask(messages, options) {
    const { request, signals } = readArguments(messages, options);
    await access.require(options.extensionId, options.justification);
    const limit = request.maxCompletionTokens ?? readSettings().settings.maxCompletionTokens;
    const emptyAnswer = createEmptyAnswerCheck(limit);
    yield* streamEvents<string>(async (emit, left) => {
      const outcome = await sendLanguageModelRequest(
        request,
        (event) => {
          emptyAnswer.add(event);
          if (event.type === 'text' || event.type === 'refusal') emit(event.text);
        },
        AbortSignal.any([left, ...signals]),
      );
      if (outcome.kind !== 'complete') throw await errorOf(outcome, errors);
      emptyAnswer.end();
      return '';
    });
  };
}

function readArguments(
  given: readonly AskMessage[],
  options: AskOptions,
): { readonly request: LanguageModelRequest; readonly signals: readonly AbortSignal[] } {
  const read = v.safeParse(schema, { messages: given, options });
  if (!read.success) {
    const { message, path } = read.issues[0];
    throw new TypeError(`ask: ${path?.map(({ key }) => String(key)).join('.') ?? ''}: ${message}`);
  }
  const { messages, options: checked } = read.output;
  const { model, reasoningEffort, maxCompletionTokens, signal } = checked;
  return {
    request: {
      instructions: messages
        .filter(({ role }) => role === 'system')
        .map(({ content }) => content)
        .join('\n\n'),
      messages: messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }])),
      ...(model !== undefined && { model }),
      ...(reasoningEffort !== undefined && { reasoningEffort }),
      ...(maxCompletionTokens !== undefined && { maxCompletionTokens }),
    },
    signals: signal ? [signal] : [],
  };
}
