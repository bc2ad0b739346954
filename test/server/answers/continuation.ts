import type { Message } from '../chat-request';
import type { Variants } from './prepared';
import { readQuestion } from './question';

const wantsMore = /\b(continue|carry on|go on|where you (stopped|left off))\b/i;

/** The rest of an answer that was cut short and is to be continued; undefined where it is no such request. */
export function continuation(
  messages: readonly Message[],
  answersTo: (messages: readonly Message[]) => Variants,
): Variants | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'user' || !wantsMore.test(readQuestion(last.content).prose)) return undefined;

  const question = messages.findLastIndex(
    ({ role, content }) => role === 'user' && !wantsMore.test(readQuestion(content).prose),
  );
  if (question < 0) return undefined;
  const written = messages
    .slice(question + 1)
    .filter(({ role }) => role === 'assistant')
    .map(({ content }) => content)
    .join('');
  if (written === '') return undefined;
  const rests = answersTo(messages.slice(0, question + 1))
    .filter((answer) => answer.startsWith(written) && answer !== written)
    .map((answer) => answer.slice(written.length));
  const [first, ...others] = rests;
  return first === undefined ? undefined : [first, ...others];
}
