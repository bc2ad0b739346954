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
  return file.toLowerCase().includes(JSON.stringify(query).slice(1, -1).toLowerCase());
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

function snippetIn(text: string, query: string): Snippet | undefined {
  const at = indexIgnoringCase(text, query);
  if (at < 0) return undefined;
  const end = at + query.length;
  const before = oneLine(text.slice(Math.max(0, at - SNIPPET_CONTEXT.before), at)).trimStart();
  const after = oneLine(text.slice(end, end + SNIPPET_CONTEXT.after)).trimEnd();
  return {
    before: at > SNIPPET_CONTEXT.before ? `…${before}` : before,
    found: oneLine(text.slice(at, end)),
    after: end + SNIPPET_CONTEXT.after < text.length ? `${after}…` : after,
  };
}

/** Some letters change their length in lower case, which shifts the positions after them. */
function indexIgnoringCase(text: string, query: string): number {
  const lower = text.toLowerCase();
  const at = lower.indexOf(query.toLowerCase());
  if (at < 0 || lower.length === text.length) return at;
  return text.search(new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
