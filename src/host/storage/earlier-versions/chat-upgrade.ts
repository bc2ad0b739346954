import * as v from 'valibot';
import type { Answer } from '../../../core/chat/answer';
import type { Conversation, Question, Turn } from '../../../core/chat/conversation';
import { lineRangeLabel } from '../../../core/prompt/attachment';
import { parseValue } from '../../parse-stored-data';
import { answerSchema, answerStatusSchema, nonEmptyArray } from '../chats/answer-schema';

const optional = v.exactOptional;

/** In versions 1 and 2, only a selection could be attached. */
const oldQuestion = v.object({
  text: v.string(),
  context: optional(
    v.object({
      file: v.string(),
      lines: v.tuple([v.number(), v.number()]),
      language: v.string(),
      code: v.string(),
    }),
  ),
});

/** Version 1 stored the text and the reasoning of each choice. The details of the request are not read. */
const oldAnswer = v.object({
  status: answerStatusSchema,
  choices: v.array(v.object({ text: v.string(), reasoning: v.string(), finishReason: optional(v.string()) })),
});

const version1 = chatSchema(oldAnswer);
const version2 = chatSchema(answerSchema);

function chatSchema<T>(answer: v.GenericSchema<unknown, T>) {
  const turn = v.object({ id: v.string(), question: oldQuestion, answers: nonEmptyArray(answer) });
  return v.object({ conversation: v.object({ id: v.string(), turns: v.array(turn) }) });
}

type Old<T> = {
  readonly id: string;
  readonly question: v.InferOutput<typeof oldQuestion>;
  readonly answers: T;
};

/**
 * Upgrades a chat of version 1 or 2. Version 3 has the same conversation as version 4, the current version, and is
 * read by `chat-parser.ts`. Throws if the chat is damaged.
 */
export function upgradedChat(json: { readonly version: 1 | 2 }): Conversation {
  if (json.version === 2) {
    const { id, turns } = parseValue(version2, json).conversation;
    return { id, turns: turns.map(upgradedTurn) };
  }
  const { id, turns } = parseValue(version1, json).conversation;
  return {
    id,
    turns: turns.map(({ answers: [first, ...rest], ...turn }) =>
      upgradedTurn({ ...turn, answers: [upgradedAnswer(first), ...rest.map(upgradedAnswer)] }),
    ),
  };
}

function upgradedTurn({ id, question, answers }: Old<Turn['answers']>): Turn {
  return { id, askedAt: answers[0].runs[0]?.askedAt ?? 0, question: upgradedQuestion(question), answers };
}

function upgradedQuestion({ text, context }: v.InferOutput<typeof oldQuestion>): Question {
  if (!context) return { text };
  const { file, lines, language, code } = context;
  return {
    text,
    attachments: [{ kind: 'selection', label: lineRangeLabel(file, lines), language, content: code }],
  };
}

function upgradedAnswer({ status, choices }: v.InferOutput<typeof oldAnswer>): Answer {
  return { status, choices: choices.map((choice) => ({ refusal: '', ...choice })), chosen: 0, runs: [] };
}
