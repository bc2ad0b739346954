import { isStreamed, type Corrections } from '../corrections/learned-corrections';
import { valueToSend } from '../corrections/enum-values-to-send';
import type { ChatParameters, ChatRequest } from '../request';
import type { Tool } from '../tools';
import { withInstructions } from '../system-role';
import { inputItems, type InputItem } from './input-items';
import type { ReasoningItem } from './reasoning-items';
import { itemsToSend } from './reasoning-items-to-send';

/** The JSON of `POST /v1/responses`. */
export interface ResponsesBody {
  readonly model: string;
  readonly instructions?: string;
  readonly input: readonly (InputItem | ReasoningItem)[];
  /** Requests the content of the reasoning, so that it can be sent back. */
  readonly include?: readonly ['reasoning.encrypted_content'];
  readonly max_output_tokens: number;
  readonly reasoning?: { readonly effort?: string; readonly summary?: string };
  readonly text?: { readonly verbosity: string };
  readonly tools?: readonly ({ readonly type: 'function' } & Tool)[];
  readonly tool_choice?: 'required';
  readonly stream: boolean;
  /** Always false: the service would otherwise keep the question and its answer. */
  readonly store: false;
}

type BodyContent = Pick<ChatRequest, 'endpoint' | 'parameters' | 'instructions' | 'messages' | 'tools'>;

/** The lowest token limit that the Responses API accepts. */
const MIN_OUTPUT_TOKENS = 16;

/**
 * The body for a question, corrected by what the service is known to reject. This API has neither `n` nor `seed`, and
 * messages have no names.
 */
export function buildResponsesBody(question: BodyContent, learned: Corrections): ResponsesBody {
  const { tools } = question;
  const { model, maxCompletionTokens } = question.parameters;
  const reasoning = reasoningOf(question.parameters, learned);
  const verbosity = valueToSend('verbosity', question.parameters, learned);
  return {
    model,
    ...messagesWithInstructions(question, learned),
    ...(!learned.has('no-encrypted-reasoning') && { include: ['reasoning.encrypted_content'] }),
    max_output_tokens: Math.max(MIN_OUTPUT_TOKENS, maxCompletionTokens),
    ...(reasoning && { reasoning }),
    ...(verbosity !== undefined && { text: { verbosity } }),
    ...(tools && { tools: tools.list.map((tool) => ({ type: 'function', ...tool })) }),
    ...(tools?.choice === 'required' && { tool_choice: 'required' }),
    stream: isStreamed(question.parameters, learned),
    store: false,
  };
}

function reasoningOf(parameters: ChatParameters, learned: Corrections): ResponsesBody['reasoning'] {
  const effort = valueToSend('reasoningEffort', parameters, learned);
  const summary = learned.has('no-reasoning-summary') ? undefined : parameters.reasoningSummary;
  if (effort === undefined && summary === undefined) return undefined;
  return { ...(effort !== undefined && { effort }), ...(summary !== undefined && { summary }) };
}

/** The instructions have a parameter. If a model rejects it, they are put before the first question. */
function messagesWithInstructions(
  question: BodyContent,
  learned: Corrections,
): Pick<ResponsesBody, 'instructions' | 'input'> {
  const { instructions, messages } = question;
  const items = learned.has('no-encrypted-reasoning') ? [] : itemsToSend(question);
  const inFirstQuestion = instructions !== '' && learned.has('no-system-role');
  const sent = inFirstQuestion ? withInstructions(messages, instructions) : messages;
  // A message that was added before the others has no reasoning items.
  const shift = sent.length - messages.length;
  const input = sent.flatMap((message, index) => [...(items[index - shift] ?? []), ...inputItems(message)]);
  return { ...(instructions !== '' && !inFirstQuestion && { instructions }), input };
}
