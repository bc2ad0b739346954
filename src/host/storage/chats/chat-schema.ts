import * as v from 'valibot';
import type { Branch, Question, Turn } from '../../../core/chat/turn';
import type { TurnsSummary } from '../../../core/chat/turns-summary';
import { exactly } from '../../../protocol/schema-helpers';
import { answerSchema, nonEmptyArray } from './answer-schema';
import { attachmentSchema } from './attachment-schema';
import { version } from './chat-format';
import { chatWorkspace } from './workspace-schema';

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

export const turn: v.GenericSchema<unknown, Turn> = v.object({
  id: v.string(),
  askedAt: v.number(),
  question,
  answers: nonEmptyArray(answerSchema),
  versions: optional(
    v.object({ before: v.array(v.lazy(() => branch)), after: v.array(v.lazy(() => branch)) }),
  ),
  summaries: optional(v.array(summarySchema)),
});

const branch: v.GenericSchema<unknown, Branch> = nonEmptyArray(turn);

/** A conversation without its turns. */
export const conversationHead = v.object({
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
export const head = v.object({
  version: v.literal(version),
  summary,
  workspace: optional(chatWorkspace),
  deletedAt: optional(v.number()),
});

/** Detects that a file is not whole, since valid JSON may have lost a part of a text, or some turns. */
export const checksum = v.object({ turns: v.number(), bytes: v.number(), hash: v.string() });

export const earlierFile = v.object({ version: v.picklist([1, 2, 3]) });
export const file = v.object({
  ...head.entries,
  conversation: v.object({ ...conversationHead.entries, turns: v.array(turn) }),
});
/** A file that this version exported, or any file of version 3, which has the same conversation. */
export const exportedOrVersion3 = v.object({
  version: v.picklist([3, version]),
  conversation: v.object({ ...conversationHead.entries, turns: v.array(turn) }),
});
