import { endOfMarkdown } from '../../text/fence';
import type { AnswerPart } from '../events';

/**
 * Moves reasoning out of the text of an answer. Some servers leave it there as `<think>…</think>`, and some templates
 * even drop the opening tag. Separating it here makes storage, copies and later requests agree.
 */
export interface ThinkTagReader {
  /** Text is held back while it may be part of a tag. */
  read(part: AnswerPart): readonly AnswerPart[];
  /** The text that is still held back, at the end of the answer. */
  end(): readonly AnswerPart[];
}

const OPENING = /^\s*<(?:think|thinking|thought)>/i;

const MAY_BE_OPENING = /^\s*<[a-z]{0,8}$/i;

const CLOSING = /<\/(?:think|thinking|thought)>/i;

const MAY_BE_CLOSING = /<(?:\/[a-z]{0,8})?$/i;

/** Longest white space before an opening tag, in characters. */
const MAX_LEADING_BLANK_LENGTH = 100;

/** How far the text of one choice has been read. */
interface State {
  phase: 'beginning' | 'thinking' | 'answer';
  held: string;
  /** The answer so far, while a closing tag may still turn it into reasoning. */
  answer: string | undefined;
  /** Whether the last text was a tag; the white space after a tag is dropped. */
  afterTag: boolean;
}

export function createThinkTagReader(): ThinkTagReader {
  const states = new Map<number, State>();

  function stateOf(index: number): State {
    const state = states.get(index) ?? { phase: 'beginning', held: '', answer: '', afterTag: false };
    states.set(index, state);
    return state;
  }

  function flush(index: number): readonly AnswerPart[] {
    const state = states.get(index);
    if (!state || state.held === '') return [];
    const text = state.held;
    state.held = '';
    return [{ type: state.phase === 'thinking' ? 'reasoning' : 'text', index, text }];
  }

  return {
    read(part) {
      if (part.type === 'finished') return [...flush(part.index), part];
      if (part.type !== 'text') return [part];
      return splitText(stateOf(part.index), part.index, part.text);
    },
    end: () => [...states.keys()].flatMap(flush),
  };
}

function splitText(state: State, index: number, added: string): readonly AnswerPart[] {
  const text = state.held + added;
  state.held = '';
  switch (state.phase) {
    case 'beginning': {
      if (text.trim() === '') {
        state.answer = (state.answer ?? '') + text;
        return textPart('text', index, text);
      }
      const [opening] = OPENING.exec(text) ?? [];
      if (opening === undefined && text.length < MAX_LEADING_BLANK_LENGTH && MAY_BE_OPENING.test(text)) {
        state.held = text;
        return [];
      }
      if (opening === undefined) {
        state.phase = 'answer';
        return splitText(state, index, text);
      }
      // White space before the tag was passed on as text, but is not part of the answer.
      const reclassified = state.answer === '' ? [] : [{ type: 'textWasReasoning', index } as const];
      Object.assign(state, { phase: 'thinking', answer: '', afterTag: true });
      return [...reclassified, ...splitText(state, index, text.slice(opening.length))];
    }
    case 'thinking':
      return splitReasoning(state, index, text);
    case 'answer':
      return splitAnswer(state, index, text);
  }
}

function splitReasoning(state: State, index: number, added: string): readonly AnswerPart[] {
  const text = withoutBlankAfterTag(state, added);
  const closing = CLOSING.exec(text);
  const half = closing ? undefined : MAY_BE_CLOSING.exec(text)?.index;
  const thoughts = text.slice(0, closing?.index ?? half);
  const parts = textPart('reasoning', index, closing ? thoughts.trimEnd() : thoughts);
  if (!closing) {
    state.held = text.slice(thoughts.length);
    return parts;
  }
  endReasoning(state);
  return [...parts, ...splitText(state, index, text.slice(closing.index + closing[0].length))];
}

function splitAnswer(state: State, index: number, text: string): readonly AnswerPart[] {
  const answer = withoutBlankAfterTag(state, text);
  if (state.answer === undefined) return textPart('text', index, answer);
  if (!answer.includes('<')) {
    state.answer += answer;
    return textPart('text', index, answer);
  }
  const closing = CLOSING.exec(answer);
  if (closing && isTagOutsideCode(state.answer + answer.slice(0, closing.index))) {
    endReasoning(state);
    return [
      ...textPart('text', index, answer.slice(0, closing.index).trimEnd()),
      { type: 'textWasReasoning', index },
      ...splitText(state, index, answer.slice(closing.index + closing[0].length)),
    ];
  }
  const half = closing ? undefined : MAY_BE_CLOSING.exec(answer)?.index;
  state.held = half === undefined ? '' : answer.slice(half);
  state.answer += answer.slice(0, half);
  return textPart('text', index, answer.slice(0, half));
}

function withoutBlankAfterTag(state: State, text: string): string {
  if (!state.afterTag) return text;
  const begun = text.trimStart();
  state.afterTag = begun === '';
  return begun;
}

function endReasoning(state: State): void {
  state.phase = 'answer';
  state.answer = undefined;
  state.afterTag = true;
}

/** Whether a tag after this text is markup, and not part of code that the text shows. */
function isTagOutsideCode(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g)?.length ?? 0) % 2 === 0 && endOfMarkdown(before).kind === 'text';
}

function textPart(type: 'text' | 'reasoning', index: number, text: string): readonly AnswerPart[] {
  return text === '' ? [] : [{ type, index, text }];
}
