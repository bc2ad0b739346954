import * as v from 'valibot';
import type { Branch, Question, Turn } from '../../../core/chat/turn';
import type { TurnsSummary } from '../../../core/chat/turns-summary';
import { exactly } from '../../../protocol/schema-helpers';
import { answerSchema, nonEmptyArray } from './answer-schema';
import { attachmentSchema } from './attachment-schema';
import { CHAT_FORMAT_VERSION } from './chat-format';
import { chatWorkspaceSchema } from './workspace-schema';

const optional = v.exactOptional;

const question = exactly<Question>()(
  v.object({
    text: v.string(),
    attachments: optional(v.array(attachmentSchema)),
    reasoningEffort: optional(v.string()),
    verbosity: optional(v.string()),
  }),
);

const summarySchema = exactly<TurnsSummary>()(
  v.object({
    id: v.string(),
    covers: v.array(v.string()),
    coveredLength: v.number(),
    answer: answerSchema,
    edited: optional(v.string()),
    inUse: v.boolean(),
    dismissed: optional(v.literal(true)),
    changedAt: v.number(),
  }),
);

export const turnSchema: v.GenericSchema<unknown, Turn> = v.object({
  id: v.string(),
  askedAt: v.number(),
  question,
  answers: nonEmptyArray(answerSchema),
  versions: optional(
    v.object({ before: v.array(v.lazy(() => branch)), after: v.array(v.lazy(() => branch)) }),
  ),
  summaries: optional(v.array(summarySchema)),
});

const branch: v.GenericSchema<unknown, Branch> = nonEmptyArray(turnSchema);

/** A conversation without its turns. */
export const conversationHeadSchema = v.object({
  id: v.string(),
  title: optional(v.string()),
  pinned: optional(v.literal(true)),
  reasoningEffort: optional(v.string()),
  verbosity: optional(v.string()),
});

const summary = v.object({
  id: v.string(),
  title: v.string(),
  pinned: v.boolean(),
  date: v.number(),
  questions: v.number(),
});

/** The part of a file before the conversation: the list of chats needs only this part. */
export const chatHeadSchema = v.object({
  version: v.literal(CHAT_FORMAT_VERSION),
  summary,
  workspace: optional(chatWorkspaceSchema),
  deletedAt: optional(v.number()),
});

/** Detects that a file is not whole, since valid JSON may have lost a part of a text, or some turns. */
export const checksumSchema = v.object({ turns: v.number(), bytes: v.number(), hash: v.string() });

export const earlierChatFileSchema = v.object({ version: v.picklist([1, 2, 3]) });
export const chatFileSchema = v.object({
  ...chatHeadSchema.entries,
  conversation: v.object({ ...conversationHeadSchema.entries, turns: v.array(turnSchema) }),
});
/** A file that this version exported, or any file of version 3, which has the same conversation. */
export const exportedOrVersion3Schema = v.object({
  version: v.picklist([3, CHAT_FORMAT_VERSION]),
  conversation: v.object({ ...conversationHeadSchema.entries, turns: v.array(turnSchema) }),
});
