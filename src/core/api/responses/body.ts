import type { Corrections } from '../learned-corrections';
import type { ChatRequest } from '../request';

interface InputMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** The JSON of `POST /v1/responses`. */
export interface ResponsesBody {
  readonly model: string;
  readonly instructions?: string;
  readonly input: readonly InputMessage[];
  readonly max_output_tokens: number;
  readonly reasoning?: { readonly summary: string };
  readonly stream: boolean;
  /** Always false: the service would otherwise keep the question and its answer. */
  readonly store: false;
}

type BodyContent = Pick<ChatRequest, 'parameters' | 'instructions' | 'messages'>;

/** The lowest token limit that the Responses API accepts. */
const MIN_OUTPUT_TOKENS = 16;

/**
 * The body for a question, corrected by what the service is known to reject. This API has neither `n` nor `seed`, and
 * messages have no names.
 */
export function buildResponsesBody(question: BodyContent, learned: Corrections): ResponsesBody {
  const { model, maxCompletionTokens, reasoningSummary, stream } = question.parameters;
  return {
    model,
    ...messagesWithInstructions(question, learned),
    max_output_tokens: Math.max(MIN_OUTPUT_TOKENS, maxCompletionTokens),
    ...(reasoningSummary !== undefined &&
      !learned.has('no-reasoning-summary') && { reasoning: { summary: reasoningSummary } }),
    stream: stream && !learned.has('no-stream'),
    store: false,
  };
}

/** The instructions have a parameter. If a model rejects it, they are put before the first question. */
function messagesWithInstructions(
  { instructions, messages }: BodyContent,
  learned: Corrections,
): Pick<ResponsesBody, 'instructions' | 'input'> {
  const input = messages.map(({ role, content }) => ({ role, content }));
  if (instructions === '') return { input };
  if (!learned.has('no-system-role')) return { instructions, input };
  const [first, ...rest] = input;
  if (!first) return { input };
  return { input: [{ ...first, content: `${instructions}\n\n${first.content}` }, ...rest] };
}
