import type { Attachment } from '../prompt/attachment';
import type { Answer } from './answer';

export interface Turn {
  readonly id: string;
  /** Milliseconds of the session's clock; 0 where it is not known. */
  readonly askedAt: number;
  readonly question: Question;
  /** One for each time the question was sent; the last is the one that counts, earlier ones are kept. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Absent where the question was never edited. */
  readonly versions?: Versions;
}

export interface Question {
  readonly text: string;
  /** Absent where nothing goes with it. */
  readonly attachments?: readonly Attachment[];
}

/** Other versions of a question, oldest first, each with the turns that followed it. */
interface Versions {
  /** Older than the one that is shown. */
  readonly before: readonly Branch[];
  readonly after: readonly Branch[];
}

export type Branch = readonly [Turn, ...Turn[]];

/** The answer that counts. */
export function currentAnswer(turn: Turn): Answer {
  return turn.answers.at(-1) ?? turn.answers[0];
}
