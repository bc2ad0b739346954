import type { Message } from '../chat-request';
import { truncated } from '../deltas';

/** A question, separated from attached code. */
export interface Question {
  /** The text including code. */
  readonly text: string;
  /** The text without fenced code. */
  readonly prose: string;
  /** The last paragraph of the prose, shortened for quotes. */
  readonly gist: string;
  /** The language of the first code block. */
  readonly language: string | undefined;
}

/** A code block, with the file name above it if that is a separate paragraph. */
const fence = /(?:(?<=\n[ \t]*\n)[^\n`~]+\n)?^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[`~]*[ \t]*$/gm;
const fenceLanguage = /^ {0,3}(?:`{3,}|~{3,})[ \t]*([\w+#-]+)/m;
const MAX_GIST_LENGTH = 160;

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
  return line.length > MAX_GIST_LENGTH ? `${truncated(line, MAX_GIST_LENGTH)}…` : line;
}
