import { foldCase } from '../text/fold-case';
import type { Conversation } from './conversation';
import { type Turn, allTurns } from './turn';
import { summaryText } from './turns-summary';

/** A match and the text around it, in one line. */
export interface Snippet {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Length of the text before and after the match, in characters. */
const SNIPPET_CONTEXT = { before: 24, after: 80 };

/** The first match in the questions, answers and summaries of a chat, ignoring case. */
export function findInChat({ turns }: Conversation, query: string): Snippet | undefined {
  for (const turn of allTurns(turns)) {
    for (const text of textsOf(turn)) {
      const snippet = snippetIn(text, query);
      if (snippet) return snippet;
    }
  }
  return undefined;
}

/** Whether a chat file may contain a text. Cheaper than parsing the chat. */
export function mayContain(file: string, query: string): boolean {
  return foldCase(file).includes(foldCase(JSON.stringify(query).slice(1, -1)));
}

function* textsOf({ question, answers, summaries = [] }: Turn): Generator<string> {
  yield question.text;
  for (const { choices } of answers) {
    for (const { text, refusal } of choices) {
      yield text;
      yield refusal;
    }
  }
  yield* summaries.map(summaryText);
}

function snippetIn(written: string, query: string): Snippet | undefined {
  const [folded, foldedQuery] = [foldCase(written), foldCase(query)];
  const foldedAt = folded.indexOf(foldedQuery);
  if (foldedAt < 0) return undefined;
  const text = written.normalize('NFC');
  const unfold = (offset: number): number =>
    folded.length === text.length ? offset : unfoldedOffset(text, offset);
  const [at, end] = [unfold(foldedAt), unfold(foldedAt + foldedQuery.length)];
  const before = oneLine(text.slice(Math.max(0, at - SNIPPET_CONTEXT.before), at)).trimStart();
  const after = oneLine(text.slice(end, end + SNIPPET_CONTEXT.after)).trimEnd();
  return {
    before: at > SNIPPET_CONTEXT.before ? `…${before}` : before,
    found: oneLine(text.slice(at, end)),
    after: end + SNIPPET_CONTEXT.after < text.length ? `${after}…` : after,
  };
}

/** The offset in a text of an offset in the folded text. Few letters have another length when they are folded. */
function unfoldedOffset(text: string, foldedOffset: number): number {
  if (foldedOffset === 0) return 0;
  let [low, high] = [0, text.length];
  let foldedLow = 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const foldedMiddle = foldedLow + foldCase(text.slice(low, middle)).length;
    if (foldedMiddle < foldedOffset) [low, foldedLow] = [middle, foldedMiddle];
    else high = middle;
  }
  return high;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
