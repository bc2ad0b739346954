import { endOfMarkdown } from '../../text/fences/fence';
import type { AnswerPart } from '../events';
import { createAnswerTagReader, type AnswerTagReader } from './answer-tag';
import {
  CHANNEL_OPENING,
  createChannelReader,
  MAY_BE_CHANNEL_OPENING,
  type ChannelReader,
} from './channel-markers';

/**
 * Moves reasoning out of the text of an answer. Some servers leave it there in tags such as `<think>…</think>`, with the
 * opening tag dropped by some templates, or between the channel markers of gpt-oss. Separating it here makes
 * storage, copies and later requests agree.
 */
export interface ThinkTagReader {
  /** Text is held back while it may be part of a tag. */
  read(part: AnswerPart): readonly AnswerPart[];
  /** The text that is still held back, at the end of the answer. */
  end(): readonly AnswerPart[];
}

/** How reasoning begins and ends. */
interface Tags {
  readonly opening: RegExp;
  readonly closing: RegExp;
  /** Whether the closing tag is so common in other text that it counts only after its opening tag. */
  readonly isFrequent?: true;
}

const TAGS: readonly Tags[] = [
  { opening: /^\s*<(?:think|thinking|thought)>/i, closing: /<\/(?:think|thinking|thought)>/i },
  { opening: /^\s*<seed:think>/, closing: /<\/seed:think>/ },
  { opening: /^\s*<reasoning>/, closing: /<\/reasoning>/, isFrequent: true },
  { opening: /^\s*\[THINK\]/, closing: /\[\/THINK\]/ },
  { opening: /^\s*◁think▷/, closing: /◁\/think▷/ },
  { opening: /^\s*<\|begin_of_thought\|>/, closing: /<\|end_of_thought\|>/ },
];

const MAY_BE_OPENING = [
  /^\s*<[a-z:]{0,10}$/i,
  /^\s*<\|[a-z_|]{0,17}$/,
  /^\s*\[[A-Z]{0,5}$/,
  /^\s*◁[a-z]{0,5}$/,
  MAY_BE_CHANNEL_OPENING,
];

/**
 * Matches the end of reasoning (`pattern`), and the beginning of such an end at the end of a text (`half`), whose
 * rest has not arrived yet.
 */
interface Closing {
  readonly pattern: RegExp;
  readonly half: RegExp;
}

const TAG_HALF = /<(?:\/[a-z:]{0,10}|\|[a-z_|]{0,15})?$|\[(?:\/[a-z]{0,5})?$|◁(?:\/[a-z]{0,5})?$/i;

/** Closes reasoning whose opening tag a template has dropped. */
const TAG_CLOSING: Closing = {
  pattern: new RegExp(
    TAGS.flatMap(({ closing, isFrequent }) => (isFrequent ? [] : [closing.source])).join('|'),
    'gi',
  ),
  half: TAG_HALF,
};

/**
 * Some servers drop only the brackets of the channel markers. The reasoning then begins with "analysis", immediately
 * followed by its first word, and the answer after it begins with "assistantfinal".
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
  /** Number of closing tags so far that were part of code. */
  tagsInCode: number;
  /** Whether the last text was the opening tag; the white space after it is dropped. */
  afterTag: boolean;
  /** The closing tag of the reasoning, if the reasoning began with an opening tag. */
  closing: RegExp | undefined;
  /** Reads the answer after the reasoning. */
  answerTag: AnswerTagReader | undefined;
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
      closing: undefined,
      answerTag: undefined,
    };
    states.set(index, state);
    return state;
  }

  function flush(index: number): readonly AnswerPart[] {
    const state = states.get(index);
    if (state?.channels) return state.channels.end().map((text) => ({ ...text, index }));
    if (state?.answerTag) return textPart('text', index, state.answerTag.end());
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
  if (state.channels) return state.channels.read(added).map((text) => ({ ...text, index }));
  const text = state.held + added;
  state.held = '';
  switch (state.phase) {
    case 'beginning': {
      if (text.trim() === '') {
        state.answer = (state.answer ?? '') + text;
        return textPart('text', index, text);
      }
      const tags = TAGS.find(({ opening }) => opening.test(text));
      const opening = tags?.opening.exec(text)?.[0];
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
      const reclassified = state.answer === '' ? [] : [{ type: 'reclassifiedAsReasoning', index } as const];
      if (opensChannel) state.channels = createChannelReader();
      else Object.assign(state, { phase: 'thinking', answer: '', afterTag: true, closing: tags?.closing });
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
  const closing = state.closing?.exec(text);
  const half = closing ? undefined : TAG_HALF.exec(text)?.index;
  const thoughts = text.slice(0, closing?.index ?? half);
  const parts = textPart('reasoning', index, closing ? thoughts.trimEnd() : thoughts);
  if (!closing) {
    state.held = text.slice(thoughts.length);
    return parts;
  }
  endReasoning(state);
  return [...parts, ...splitText(state, index, text.slice(closing.index + closing[0].length))];
}

function splitAnswer(state: State, index: number, answer: string): readonly AnswerPart[] {
  if (state.answerTag) return textPart('text', index, state.answerTag.read(answer));
  if (state.answer === undefined) return textPart('text', index, answer);
  const { pattern, half } = closingOf(state, answer);
  for (const closing of answer.matchAll(pattern)) {
    if (isTagOutsideCode(state.answer + answer.slice(0, closing.index))) {
      endReasoning(state);
      return [
        ...textPart('text', index, answer.slice(0, closing.index).trimEnd()),
        { type: 'reclassifiedAsReasoning', index },
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

/**
 * Selects the end of the reasoning to look for. Only the beginning of the answer is checked, so that a long answer is
 * not searched again with each piece.
 */
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
  state.answerTag = createAnswerTagReader();
}

/** Whether a tag after this text is markup, and not part of code that the text shows. */
function isTagOutsideCode(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g)?.length ?? 0) % 2 === 0 && endOfMarkdown(before).kind === 'text';
}

function textPart(type: 'text' | 'reasoning', index: number, text: string): readonly AnswerPart[] {
  return text === '' ? [] : [{ type, index, text }];
}
