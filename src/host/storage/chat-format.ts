import * as v from 'valibot';
import type { ChatError, Usage } from '../../core/api';
import type { Answer, AnswerStatus, Conversation, Question } from '../../core/chat/conversation';

const version = 1;

const optional = v.exactOptional;
const refusal = { status: v.number(), message: v.string(), requestId: optional(v.string()) };

const error: v.GenericSchema<unknown, ChatError> = v.variant('kind', [
  v.object({
    kind: v.picklist(['bad-request', 'unauthorized', 'no-credit', 'wrong-address', 'rate-limited', 'server']),
    ...refusal,
  }),
  v.object({ kind: v.literal('model-not-found'), model: v.string(), ...refusal }),
  v.object({
    kind: v.literal('network'),
    reason: v.picklist(['dns', 'refused', 'reset', 'tls', 'unreachable']),
    detail: v.string(),
  }),
  v.object({
    kind: v.literal('timeout'),
    phase: v.picklist(['connect', 'first-byte', 'idle']),
    seconds: v.number(),
  }),
  v.object({ kind: v.literal('redirected'), to: v.string() }),
  v.object({ kind: v.picklist(['truncated', 'interrupted']) }),
  v.object({ kind: v.literal('broken-off'), message: v.string() }),
  v.object({ kind: v.literal('not-an-answer'), detail: v.string() }),
  v.object({
    kind: v.literal('bad-address'),
    problem: v.picklist(['no-url', 'no-http', 'credentials', 'insecure']),
  }),
]);

const status: v.GenericSchema<unknown, AnswerStatus> = v.variant('kind', [
  v.object({ kind: v.picklist(['waiting', 'thinking', 'answering']), since: v.number() }),
  v.object({ kind: v.picklist(['done', 'stopped']) }),
  v.object({ kind: v.picklist(['incomplete', 'failed']), error }),
]);

const usage: v.GenericSchema<unknown, Usage> = v.object({
  promptTokens: optional(v.number()),
  completionTokens: optional(v.number()),
  reasoningTokens: optional(v.number()),
});

const answer: v.GenericSchema<unknown, Answer> = v.object({
  status,
  choices: v.array(v.object({ text: v.string(), reasoning: v.string(), finishReason: optional(v.string()) })),
  model: optional(v.string()),
  usage: optional(usage),
});

const question: v.GenericSchema<unknown, Question> = v.object({
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

const conversation: v.GenericSchema<unknown, Conversation> = v.object({
  id: v.string(),
  turns: v.array(v.object({ id: v.string(), question, answers: v.tupleWithRest([answer], answer) })),
});

const file = v.object({ version: v.literal(version), conversation });

/** A chat as it stands in its file. */
export function serializeChat(conversation: Conversation): string {
  return JSON.stringify({ version, conversation });
}

/** Throws where the text is not a chat that `serializeChat` wrote. */
export function parseChat(text: string): Conversation {
  return v.parse(file, JSON.parse(text)).conversation;
}
