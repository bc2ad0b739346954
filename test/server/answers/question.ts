import type { Message } from '../chat-request';
import { beginning } from '../deltas';

/** What a user said, told apart from the code that came with it. */
export interface Question {
  /** All of it, code included. */
  readonly text: string;
  /** Without fenced code, whose words are not the user's. */
  readonly prose: string;
  /** The last paragraph of the words, short enough to quote. */
  readonly gist: string;
  /** The language of the first fence. */
  readonly language: string | undefined;
}

/** With the line above it that names the file, where that line is a paragraph of its own. */
const fence = /(?:(?<=\n[ \t]*\n)[^\n`~]+\n)?^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[`~]*[ \t]*$/gm;
const fenceLanguage = /^ {0,3}(?:`{3,}|~{3,})[ \t]*([\w+#-]+)/m;
const longestGist = 160;

export function questions(messages: readonly Message[]): readonly Question[] {
  return messages.filter(({ role }) => role === 'user').map(({ content }) => readQuestion(content));
}

export function readQuestion(text: string): Question {
  const prose = text.replace(fence, '').trim();
  const lastParagraph = prose.split(/\n\s*\n/).at(-1) ?? '';
  return {
    text,
    prose,
    gist: shorten(lastParagraph),
    language: fenceLanguage.exec(text)?.[1]?.toLowerCase(),
  };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestGist ? `${beginning(line, longestGist)}…` : line;
}
