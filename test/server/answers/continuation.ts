import type { Message } from '../chat-request';
import type { Variants } from './prepared';
import { readQuestion } from './question';

const continueRequest = /\b(continue|carry on|go on|where you (stopped|left off))\b/i;

/** The rest of an answer that was cut off, or `undefined` if the last message does not ask to continue. */
export function continuation(
  messages: readonly Message[],
  answersTo: (messages: readonly Message[]) => Variants,
): Variants | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'user' || !continueRequest.test(readQuestion(last.content).prose)) return undefined;

  const question = messages.findLastIndex(
    ({ role, content }) => role === 'user' && !continueRequest.test(readQuestion(content).prose),
  );
  if (question < 0) return undefined;
  const written = messages
    .slice(question + 1)
    .filter(({ role }) => role === 'assistant')
    .map(({ content }) => content)
    .join('');
  if (written === '') return undefined;
  const remainders = answersTo(messages.slice(0, question + 1))
    .filter((answer) => answer.startsWith(written) && answer !== written)
    .map((answer) => answer.slice(written.length));
  const [first, ...others] = remainders;
  return first === undefined ? undefined : [first, ...others];
}
