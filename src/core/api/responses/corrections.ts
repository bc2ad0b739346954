import { STREAM_ONLY_MESSAGE, type CorrectionRule } from '../corrections/correction-rules';
import type { ResponsesBody } from './body';

/** The corrections in the order in which they are tried. */
export const RESPONSES_CORRECTIONS: readonly CorrectionRule<ResponsesBody>[] = [
  {
    correction: 'no-reasoning-summary',
    isSent: ({ reasoning }) => reasoning?.summary !== undefined,
    paramPattern: /^reasoning(?:\.summary)?$/,
    messagePattern: /\breasoning[._ ]summar|\bsummary\b/i,
  },
  {
    correction: 'no-system-role',
    isSent: ({ instructions }) => instructions !== undefined,
    paramPattern: /^instructions$/,
    messagePattern: /\binstructions\b|\b(?:system|developer)\b.*\b(?:role|message|prompt)/i,
  },
  {
    correction: 'no-stream',
    isSent: ({ stream }) => stream,
    paramPattern: /^stream$/,
    messagePattern: /\bstream(?:ing)?\b/i,
  },
  {
    correction: 'stream',
    isSent: ({ stream }) => !stream,
    paramPattern: /^stream$/,
    messagePattern: STREAM_ONLY_MESSAGE,
  },
];
