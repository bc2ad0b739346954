import type { Correction } from '../../../../../src/core/api';
import type { requestTo } from '../../../../support/wire';

type Body = Readonly<Record<string, unknown>>;

export interface RefusedParameter {
  readonly correction: Correction;
  /** Changes to the request that let a service reject this parameter. */
  readonly changes: NonNullable<Parameters<typeof requestTo>[1]>;
  /** The path of the parameter, as in a JSON schema. */
  readonly param: string;
  readonly message: string;
  /** The number of requests for the corrected question; 1 by default. */
  readonly requests?: number;
  /** True if such a server accepts this request body. */
  readonly corrected: (body: Body) => boolean;
}

const system = {
  correction: 'no-system-role',
  changes: { instructions: 'Be brief.', parameters: { model: 'gpt-4o' } },
  param: 'messages.0.role',
  corrected: ({ messages }) =>
    Array.isArray(messages) &&
    JSON.stringify(messages) === JSON.stringify([{ role: 'user', content: 'Be brief.\n\nWhat is a monad?' }]),
} satisfies Omit<RefusedParameter, 'message'>;

const oldLimit = {
  correction: 'max-completion-tokens',
  changes: { parameters: { tokenLimitParameter: 'max_tokens' } },
  param: 'max_tokens',
  corrected: (body) => body['max_completion_tokens'] === 25_000 && !('max_tokens' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const newLimit = {
  correction: 'max-tokens',
  changes: {},
  param: 'max_completion_tokens',
  corrected: (body) => body['max_tokens'] === 25_000 && !('max_completion_tokens' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const stream = {
  correction: 'no-stream',
  changes: {},
  param: 'stream',
  corrected: (body) => body['stream'] === false && !('stream_options' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const whole = {
  correction: 'stream',
  changes: { parameters: { stream: false } },
  param: 'stream',
  corrected: (body) => body['stream'] === true,
} satisfies Omit<RefusedParameter, 'message'>;

const streamOptions = {
  correction: 'no-stream-options',
  changes: {},
  param: 'stream_options',
  corrected: (body) => body['stream'] === true && !('stream_options' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const alternatives = {
  correction: 'single-answers',
  changes: { parameters: { n: 2 } },
  param: 'n',
  requests: 2,
  corrected: (body) => !('n' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const seed = {
  correction: 'no-seed',
  changes: { parameters: { seed: 7 } },
  param: 'seed',
  corrected: (body) => !('seed' in body),
} satisfies Omit<RefusedParameter, 'message'>;

const name = {
  correction: 'no-name',
  changes: { messages: [{ role: 'user', content: 'Hello', name: 'ada' }] },
  param: 'messages.0.name',
  corrected: ({ messages }) => !JSON.stringify(messages).includes('ada'),
} satisfies Omit<RefusedParameter, 'message'>;

function withMessages(
  parameter: Omit<RefusedParameter, 'message'>,
  ...messages: readonly string[]
): RefusedParameter[] {
  return messages.map((message) => ({ ...parameter, message }));
}

/** The rows of "Corrections" in `src/core/api/README.md`, each with the messages of several servers. */
export const refusedParameters: readonly RefusedParameter[] = [
  ...withMessages(
    system,
    "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
    "Invalid value: 'system'. Supported values are: 'user' and 'assistant'. (messages[0].role)",
    'System messages are not supported by this model.',
    'Developer instruction is not enabled for models/next',
  ),
  ...withMessages(
    oldLimit,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "Please use 'max_completion_tokens' instead of 'max_tokens'.",
    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
  ),
  ...withMessages(
    newLimit,
    'Unrecognized request argument supplied: max_completion_tokens',
    "Unknown parameter: 'max_completion_tokens'.",
    'json: unknown field "max_completion_tokens"',
    "property 'max_completion_tokens' is unsupported",
    "Additional properties are not allowed ('max_completion_tokens' was unexpected)",
    'property max_completion_tokens should not exist',
    "'max_completion_tokens' is not a valid parameter.",
    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
  ),
  ...withMessages(
    stream,
    "Unsupported value: 'stream' does not support true with this model.",
    "Unsupported value: 'stream' does not support true with this model. Only the default (false) value is supported.",
    'Streaming is not supported for this model.',
  ),
  ...withMessages(
    whole,
    'This model only supports streaming.',
    "'stream' must be set to true",
    'Requests with max_tokens > 4096 must have stream=true',
    'Requests with max_completion_tokens > 4096 must have stream=true',
  ),
  ...withMessages(
    streamOptions,
    "Extra inputs are not permitted, field: 'stream_options'",
    "Unknown parameter: 'stream_options'.",
    'stream_options: extra fields not permitted',
    'property stream_options should not exist',
  ),
  ...withMessages(
    alternatives,
    "Unsupported value: 'n' does not support 2 with this model. Only the default (1) value is supported.",
    "Invalid 'n': integer above maximum value. Expected a value <= 1, but got 2 instead.",
    "Input should be less than or equal to 1, field: 'n'",
    'Only one completion choice is allowed',
    'n must be 1 when using this model',
    'n > 1 is not supported',
    'Unrecognized request argument supplied: n',
    'Invalid n value (currently only n = 1 is supported)',
    'Multiple candidates is not enabled for this model',
    'Range of n should be [1, 1]',
  ),
  ...withMessages(
    seed,
    "Unsupported parameter: 'seed' is not supported with this model.",
    "Unknown parameter: 'seed'.",
  ),
  ...withMessages(
    name,
    "Unknown parameter: 'messages[0].name'.",
    "Extra inputs are not permitted, field: 'messages.0.name'",
  ),
];

interface RefusedValue {
  readonly message: string;
  readonly param: string;
  /** The token limit of the corrected request, after one of 100,000. */
  readonly lowered?: number;
}

/** Errors that another value would resolve; the only correction is a lower token limit. */
export const refusedValues: readonly RefusedValue[] = [
  {
    message: 'max_tokens is too large: 100000. This model supports at most 65536 completion tokens',
    param: 'max_tokens',
    lowered: 65_536,
  },
  {
    message:
      'max_tokens is too large: 100000. This model supports at most 65536 completion tokens, whereas you provided 100000.',
    param: 'max_tokens',
    lowered: 65_536,
  },
  {
    message:
      "Invalid 'max_completion_tokens': integer above maximum value. Expected a value <= 65536, but got 100000 instead.",
    param: 'max_completion_tokens',
    lowered: 65_536,
  },
  {
    message:
      "Invalid 'max_tokens': integer above maximum value. Expected a value <= 65536, but got 100000 instead.",
    param: 'max_tokens',
    lowered: 65_536,
  },
  {
    message: "A max_completion_tokens of 100000 is not supported: this model's maximum is 65536.",
    param: 'max_completion_tokens',
    lowered: 65_536,
  },
  {
    message:
      'The maximum tokens you requested exceeds the model limit of 64000. Try again with a maximum tokens value that is lower than 64000.',
    param: 'max_tokens',
    lowered: 64_000,
  },
  {
    message: 'max_tokens (100000) exceeds the model limit of 8192',
    param: 'max_tokens',
    lowered: 8192,
  },
  {
    message:
      'It has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive).',
    param: 'max_tokens',
    lowered: 65_536,
  },
  {
    message:
      'input length and `max_tokens` exceed context limit: 150000 + 100000 > 200000, decrease input length or `max_tokens`',
    param: 'max_tokens',
    lowered: 50_000,
  },
  {
    message: "Request 182387 input tokens exceeds the model's maximum context length 202750",
    param: 'messages',
    lowered: 20_363,
  },
  {
    message: "Invalid 'n': integer above maximum value. Expected a value <= 2, but got 3 instead.",
    param: 'n',
  },
  {
    message: "Invalid 'seed': integer below minimum value. Expected a value >= 8, but got 7 instead.",
    param: 'seed',
  },
  {
    message: "Invalid type for 'seed': expected a string, but got an integer instead.",
    param: 'seed',
  },
  {
    message:
      "Invalid 'messages[0].name': string does not match pattern. Expected a string that matches the pattern '^x$'.",
    param: 'messages[0].name',
  },
  {
    message:
      "This model's maximum context length is 128000 tokens. However, you requested 150000 tokens (50000 in the messages, 100000 in the completion).",
    param: 'messages',
    lowered: 78_000,
  },
  {
    message: "Invalid 'messages[0].content': string too long. Expected a string with maximum length 10.",
    param: 'messages[0].content',
  },
  { message: 'The prompt was flagged. Try again with another prompt.', param: 'messages' },
];
