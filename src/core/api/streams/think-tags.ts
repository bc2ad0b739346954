import { endOfMarkdown } from '../../text/fence';
import type { AnswerPart } from '../events';
import {
  CHANNEL_OPENING,
  createChannelReader,
  MAY_BE_CHANNEL_OPENING,
  type ChannelReader,
} from './channel-markers';

/**
 * Moves reasoning out of the text of an answer. Some servers leave it there as `<think>…</think>` or `[THINK]…[/THINK]`,
 * with the opening tag dropped by some templates, or between the channel markers of gpt-oss. Separating it here makes
 * storage, copies and later requests agree.
 */
export interface ThinkTagReader {
  /** Text is held back while it may be part of a tag. */
  read(part: AnswerPart): readonly AnswerPart[];
  /** The text that is still held back, at the end of the answer. */
  end(): readonly AnswerPart[];
}

const OPENINGS = [
  /^\s*<(?:think|thinking|thought|reasoning|seed:think)>/i,
  /^\s*\[THINK\]/,
  /^\s*◁think▷/,
  /^\s*<\|begin_of_thought\|>/,
];

const MAY_BE_OPENING = [
  /^\s*<[a-z:]{0,10}$/i,
  /^\s*<\|[a-z_|]{0,17}$/,
  /^\s*\[[A-Z]{0,5}$/,
  /^\s*◁[a-z]{0,5}$/,
  MAY_BE_CHANNEL_OPENING,
];

/** How reasoning ends, and the beginning of that at the end of a text. */
interface Closing {
  readonly pattern: RegExp;
  readonly half: RegExp;
}

const TAG_HALF = /<(?:\/[a-z:]{0,10}|\|[a-z_|]{0,15})?$|\[(?:\/[a-z]{0,5})?$|◁(?:\/[a-z]{0,5})?$/i;

/** Closes reasoning that has begun with its tag. */
const CLOSING_AFTER_OPENING: Closing = {
  pattern: /<\/(?:think|thinking|thought|reasoning|seed:think)>|\[\/THINK\]|◁\/think▷|<\|end_of_thought\|>/gi,
  half: TAG_HALF,
};

/** Closes reasoning also where a template has dropped the opening tag. An answer may write about `</reasoning>`. */
const TAG_CLOSING: Closing = {
  pattern: /<\/(?:think|thinking|thought|seed:think)>|\[\/THINK\]|◁\/think▷|<\|end_of_thought\|>/gi,
  half: TAG_HALF,
};

/** A tag around the answer, which some models write after their reasoning, and its end at the end of the answer. */
const WRAPPER_OPENING = /^\s*(?:<answer>|<\|begin_of_solution\|>)\s*/;
const MAY_BE_WRAPPER_OPENING = /^\s*(?:<(?:[a-z]{0,6}|\|[a-z_|]{0,18}))?$/;
const WRAPPER_CLOSING = /\s{0,20}(?:<\/answer>|<\|end_of_solution\|>)\s{0,20}$/;
const MAY_BE_WRAPPER_CLOSING = /\s{0,20}(?:<(?:\/[a-z]{0,6}>?|\|[a-z_|]{0,17}>?)?\s{0,20})?$/;

/**
 * Where a server drops only the brackets of the channel markers, an answer begins with "analysis", which no space follows,
 * and its final part with "assistantfinal".
 */
const BARE_CHANNEL = /^\s*analysis(?=\S)/;

const BARE_CLOSING: Closing = {
  pattern: /assistantfinal/g,
  half: /a(?:s(?:s(?:i(?:s(?:t(?:a(?:n(?:t(?:f(?:i(?:n(?:a)?)?)?)?)?)?)?)?)?)?)?)?$/,
};

/** Closing tags in the code of an answer after which no more are looked for. */
const MAX_TAGS_IN_CODE = 100;

/**
 * Longest text, in UTF-16 units, that a closing tag turns into reasoning: more than the reasoning of any model. The text is kept
 * until then, and an answer of any length must not be kept twice.
 */
const MAX_REASONING_LENGTH = 600_000;

/** Longest white space before an opening tag, in characters. */
const MAX_LEADING_BLANK_LENGTH = 100;

/** How far the text of one choice has been read. */
interface State {
  phase: 'beginning' | 'thinking' | 'answer';
  /** Reads an answer that begins with a channel marker. */
  channels: ChannelReader | undefined;
  held: string;
  /** The answer so far, while a closing tag may still turn it into reasoning. */
  answer: string | undefined;
  /** Whether the answer begins like one whose channel markers have lost their brackets. */
  isBareChannel: boolean;
  /** Closing tags so far that were part of code. */
  tagsInCode: number;
  /** Whether the last text was a tag; the white space after a tag is dropped. */
  afterTag: boolean;
  /** Whether a tag around the answer may follow the reasoning, or has followed it. */
  wrapper: 'none' | 'expected' | 'open';
}

export function createThinkTagReader(): ThinkTagReader {
  const states = new Map<number, State>();

  function stateOf(index: number): State {
    const state = states.get(index) ?? {
      phase: 'beginning',
      channels: undefined,
      held: '',
      answer: '',
      isBareChannel: false,
      tagsInCode: 0,
      afterTag: false,
      wrapper: 'none',
    };
    states.set(index, state);
    return state;
  }

  function flush(index: number): readonly AnswerPart[] {
    const state = states.get(index);
    if (state?.channels) return state.channels.end().map((text) => ({ ...text, index }));
    if (!state || state.held === '') return [];
    const held = state.wrapper === 'open' ? state.held.replace(WRAPPER_CLOSING, '') : state.held;
    const text = state.afterTag ? held.trimStart() : held;
    state.held = '';
    if (text === '') return [];
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
  if (state.channels) return state.channels.read(added).map((text) => ({ ...text, index }));
  const text = state.held + added;
  state.held = '';
  switch (state.phase) {
    case 'beginning': {
      if (text.trim() === '') {
        state.answer = (state.answer ?? '') + text;
        return textPart('text', index, text);
      }
      const opening = OPENINGS.map((pattern) => pattern.exec(text)?.[0]).find((tag) => tag !== undefined);
      const opensChannel = CHANNEL_OPENING.test(text);
      const mayOpen =
        text.length < MAX_LEADING_BLANK_LENGTH && MAY_BE_OPENING.some((half) => half.test(text));
      if (opening === undefined && mayOpen) {
        state.held = text;
        return [];
      }
      if (opening === undefined && !opensChannel) {
        state.phase = 'answer';
        return splitText(state, index, text);
      }
      // White space before the tag was passed on as text, but is not part of the answer.
      const reclassified = state.answer === '' ? [] : [{ type: 'textWasReasoning', index } as const];
      if (opensChannel) state.channels = createChannelReader();
      else Object.assign(state, { phase: 'thinking', answer: '', afterTag: true });
      return [...reclassified, ...splitText(state, index, text.slice(opening?.length ?? 0))];
    }
    case 'thinking':
      return splitReasoning(state, index, text);
    case 'answer':
      return splitAnswer(state, index, text);
  }
}

function splitReasoning(state: State, index: number, added: string): readonly AnswerPart[] {
  const text = withoutBlankAfterTag(state, added);
  const [closing] = text.matchAll(CLOSING_AFTER_OPENING.pattern);
  const half = closing ? undefined : CLOSING_AFTER_OPENING.half.exec(text)?.index;
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
  if (state.wrapper !== 'none') return splitWrapped(state, index, text);
  const answer = withoutBlankAfterTag(state, text);
  if (state.answer === undefined) return textPart('text', index, answer);
  const { pattern, half } = closingOf(state, answer);
  for (const closing of answer.matchAll(pattern)) {
    if (isTagOutsideCode(state.answer + answer.slice(0, closing.index))) {
      endReasoning(state);
      return [
        ...textPart('text', index, answer.slice(0, closing.index).trimEnd()),
        { type: 'textWasReasoning', index },
        ...splitText(state, index, answer.slice(closing.index + closing[0].length)),
      ];
    }
    state.tagsInCode++;
    if (state.tagsInCode < MAX_TAGS_IN_CODE) continue;
    state.answer = undefined;
    return textPart('text', index, answer);
  }
  const shown = answer.slice(0, half.exec(answer)?.index);
  state.held = answer.slice(shown.length);
  state.answer += shown;
  if (state.answer.length > MAX_REASONING_LENGTH) state.answer = undefined;
  return textPart('text', index, shown);
}

/** Reads an answer after its reasoning, without a tag around it. */
function splitWrapped(state: State, index: number, text: string): readonly AnswerPart[] {
  if (state.wrapper === 'expected') {
    if (MAY_BE_WRAPPER_OPENING.test(text)) {
      state.held = text;
      return [];
    }
    const [opening] = WRAPPER_OPENING.exec(text) ?? [];
    state.wrapper = opening === undefined ? 'none' : 'open';
    return splitAnswer(state, index, text.slice(opening?.length ?? 0));
  }
  const answer = withoutBlankAfterTag(state, text);
  const end = WRAPPER_CLOSING.exec(answer)?.index ?? MAY_BE_WRAPPER_CLOSING.exec(answer)?.index;
  state.held = answer.slice(end ?? answer.length);
  return textPart('text', index, answer.slice(0, end));
}

/** Only the beginning of the answer decides, so that a long one is not read again with each piece. */
function closingOf(state: State, text: string): Closing {
  if (state.answer !== undefined && state.answer.length < MAX_LEADING_BLANK_LENGTH)
    state.isBareChannel = BARE_CHANNEL.test(state.answer + text);
  return state.isBareChannel ? BARE_CLOSING : TAG_CLOSING;
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
  state.wrapper = 'expected';
}

/** Whether a tag after this text is markup, and not part of code that the text shows. */
function isTagOutsideCode(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g)?.length ?? 0) % 2 === 0 && endOfMarkdown(before).kind === 'text';
}

function textPart(type: 'text' | 'reasoning', index: number, text: string): readonly AnswerPart[] {
  return text === '' ? [] : [{ type, index, text }];
}
