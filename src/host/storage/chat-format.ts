import * as v from 'valibot';
import type { Conversation } from '../../core/chat/conversation';
import type { Branch, Question, Turn } from '../../core/chat/turn';
import { parseJson, parseValue } from '../../protocol/values';
import { answerFormat, filled } from './answer-format';
import { attachmentFormat } from './attachment-format';

export const version = 3;

const optional = v.exactOptional;

const question: v.GenericSchema<unknown, Question> = v.object({
  text: v.string(),
  attachments: optional(v.array(attachmentFormat)),
});

const turn: v.GenericSchema<unknown, Turn> = v.object({
  id: v.string(),
  askedAt: v.number(),
  question,
  answers: filled(answerFormat),
  versions: optional(
    v.object({ before: v.array(v.lazy(() => branch)), after: v.array(v.lazy(() => branch)) }),
  ),
});

const branch: v.GenericSchema<unknown, Branch> = filled(turn);

const conversation: v.GenericSchema<unknown, Conversation> = v.object({
  id: v.string(),
  title: optional(v.string()),
  pinned: optional(v.literal(true)),
  turns: v.array(turn),
});

const oldFile = v.object({ version: v.picklist([1, 2]) });
const file = v.object({ version: v.literal(version), conversation });

/** A chat as it stands in its file. */
export function serializeChat(conversation: Conversation): string {
  return JSON.stringify({ version, conversation });
}

/** Rejects where the text is not a chat that `serializeChat`, or that of an earlier version, wrote. */
export function parseChat(text: string): Promise<Conversation> {
  return chatOfJson(parseJson(text));
}

/** As `parseChat`, of JSON that was parsed before. Rejects with a `FormatError`. */
export async function chatOfJson(json: unknown): Promise<Conversation> {
  if (v.is(oldFile, json)) return (await import('../features')).upgradedChat(json);
  return parseValue(file, json).conversation;
}

/** As `parseChat`. The name of its file is what a chat is called by, also one that was copied. */
export async function chatFrom(id: string, text: string): Promise<Conversation> {
  return { ...(await parseChat(text)), id };
}
