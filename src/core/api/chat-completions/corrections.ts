import { STREAM_ONLY_MESSAGE, type CorrectionRule } from '../corrections/correction-rules';
import type { ChatBody } from './body';

/**
 * The order matters, because a message may name several parameters: a message that requires a stream may name the
 * `max_tokens` above which it is required, messages about `stream_options` also contain "stream", and a message about
 * `max_tokens` may recommend another parameter.
 */
export const CHAT_CORRECTIONS: readonly CorrectionRule<ChatBody>[] = [
  {
    correction: 'stream',
    isSent: ({ stream }) => !stream,
    paramPattern: /^stream$/,
    messagePattern: STREAM_ONLY_MESSAGE,
  },
  {
    correction: 'no-system-role',
    isSent: ({ messages }) => messages.some(({ role }) => role === 'system'),
    paramPattern: /\brole$/,
    messagePattern:
      /\b(?:system|developer)\b.*\b(?:role|message|prompt|model)|\brole.*\b(?:system|developer|user)\b|\broles must alternate\b|\breceived ['"](?:system|developer)\b/is,
  },
  {
    correction: 'no-name',
    isSent: ({ messages }) => messages.some(({ name }) => name !== undefined),
    paramPattern: /^messages\b.*\bname$/,
    messagePattern: /messages\S*\bname\b|\b(?:property|field) ['"`]name\b/i,
  },
  {
    correction: 'no-stream-options',
    isSent: (body) => body.stream_options !== undefined,
    paramPattern: /^stream_options/,
    messagePattern: /stream_options|include_usage/i,
  },
  {
    correction: 'max-completion-tokens',
    isSent: (body) => body.max_tokens !== undefined,
    paramPattern: /^max_tokens$/,
    messagePattern: /\bmax_tokens\b/i,
  },
  {
    correction: 'max-tokens',
    isSent: (body) => body.max_completion_tokens !== undefined,
    paramPattern: /^max_completion_tokens$/,
    messagePattern: /\bmax_completion_tokens\b|\bmax_tokens\b[^.]{0,20}\brequired\b/i,
  },
  {
    correction: 'single-answers',
    isSent: (body) => body.n !== undefined,
    paramPattern: /^n$/,
    messagePattern:
      /['"`]n['"`]|\bof n\b|\bn ?(?:>|=|:|must|should|is|does|parameter|greater)|\b(?:field|parameter|argument|property)(?: supplied)?:? n\b|\bmodel: n$|\b(?:one|multiple) (?:completion|choice|candidate)/i,
  },
  {
    correction: 'no-seed',
    isSent: (body) => body.seed !== undefined,
    paramPattern: /^seed$/,
    messagePattern: /\bseed\b/i,
  },
  {
    correction: 'no-stream',
    isSent: (body) => body.stream,
    paramPattern: /^stream$/,
    messagePattern: /\bstream(?:ing)?\b/i,
  },
];
