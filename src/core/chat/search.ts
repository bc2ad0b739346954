import type { Conversation } from './conversation';
import { type Turn, allTurns } from './turn';

/** Where something was found: the words around it, in one line. */
export interface Snippet {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Characters on each side of what was found. */
const SNIPPET_CONTEXT = { before: 24, after: 80 };

/** The first place in the questions and answers of a chat where a text stands, whatever its case. */
export function findInChat({ turns }: Conversation, query: string): Snippet | undefined {
  for (const turn of allTurns(turns)) {
    for (const text of textsOf(turn)) {
      const snippet = snippetIn(text, query);
      if (snippet) return snippet;
    }
  }
  return undefined;
}

/** Whether the file of a chat can contain a text: cheaper than parsing the chat. */
export function mayContain(file: string, query: string): boolean {
  return file.toLowerCase().includes(JSON.stringify(query).slice(1, -1).toLowerCase());
}

function* textsOf({ question, answers }: Turn): Generator<string> {
  yield question.text;
  for (const { choices } of answers) {
    for (const { text, refusal } of choices) {
      yield text;
      yield refusal;
    }
  }
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

/** Some letters have another length in lower case, and what follows them another place. */
function indexIgnoringCase(text: string, query: string): number {
  const lower = text.toLowerCase();
  const at = lower.indexOf(query.toLowerCase());
  if (at < 0 || lower.length === text.length) return at;
  return text.search(new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
