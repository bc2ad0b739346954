import { isStreamed, type Corrections } from '../corrections/learned-corrections';
import { valueToSend } from '../corrections/enum-values-to-send';
import type { ChatParameters, ChatRequest } from '../request';
import type { RequestTools } from '../tools';
import { wireMessages, type WireMessage } from './messages';

/** The JSON body of `POST {baseUrl}/chat/completions` (src/core/api/README.md, "Requests"). */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
  readonly stream: boolean;
  readonly stream_options?: { readonly include_usage: true };
  readonly n?: number;
  readonly seed?: number;
  readonly reasoning_effort?: string;
  readonly verbosity?: string;
  readonly tools?: readonly WireTool[];
  readonly tool_choice?: 'required';
}

interface WireTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters?: object };
}

type BodyContent = Pick<ChatRequest, 'parameters' | 'instructions' | 'messages' | 'tools'>;

/**
 * The body for a question, with the corrections that the service requires. Only one of the two token limits is sent,
 * as OpenAI rejects both together. Parameters that equal the default of the service are left out.
 */
export function buildChatBody(question: BodyContent, corrections: Corrections): ChatBody {
  const { parameters } = question;
  const { model, n, seed } = parameters;
  const stream = isStreamed(parameters, corrections);
  const effort = valueToSend('reasoningEffort', parameters, corrections);
  const verbosity = valueToSend('verbosity', parameters, corrections);
  return {
    model,
    messages: wireMessages(question, corrections),
    [limitParameter(parameters, corrections)]: parameters.maxCompletionTokens,
    stream,
    ...(stream &&
      parameters.includeUsage &&
      !corrections.has('no-stream-options') && { stream_options: { include_usage: true } }),
    ...(n > 1 && !corrections.has('single-answers') && { n }),
    ...(seed !== null && !corrections.has('no-seed') && { seed }),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(verbosity !== undefined && { verbosity }),
    ...(question.tools && toolParameters(question.tools)),
  };
}

function toolParameters({ list, choice }: RequestTools): Pick<ChatBody, 'tools' | 'tool_choice'> {
  return {
    tools: list.map((tool) => ({ type: 'function', function: tool })),
    ...(choice === 'required' && { tool_choice: 'required' }),
  };
}

function limitParameter(
  { tokenLimitParameter }: ChatParameters,
  corrections: Corrections,
): ChatParameters['tokenLimitParameter'] {
  // If the service has rejected both names, the first correction was wrong.
  if (corrections.has('max-tokens') === corrections.has('max-completion-tokens')) return tokenLimitParameter;
  return corrections.has('max-tokens') ? 'max_tokens' : 'max_completion_tokens';
}
