import * as v from 'valibot';
import type { ChatError, Usage } from '../../../core/api';
import type {
  Answer,
  AnswerStatus,
  Choice,
  RequestUsage,
  Run,
  RequestTerms,
} from '../../../core/chat/answer';
import { count, exactly, oneOf } from '../../../protocol/schema-helpers';

const optional = v.exactOptional;
const refusal = {
  status: v.number(),
  message: v.string(),
  requestId: optional(v.string()),
  retryAfter: optional(v.number()),
};

type ErrorOf<Kind extends ChatError['kind']> = Extract<ChatError, { kind: Kind }>;

/**
 * The fields of each kind of error except `kind` itself. A new kind of error does not compile until its fields are
 * listed here, so that it can be saved.
 */
const errorFields = {
  'bad-request': refusal,
  unauthorized: refusal,
  'no-credit': refusal,
  forbidden: {
    reason: oneOf<ErrorOf<'forbidden'>['reason']>({
      region: true,
      blocked: true,
      permission: true,
      content: true,
    }),
    ...refusal,
  },
  'model-not-found': {
    model: v.string(),
    replacedBy: optional(v.string()),
    replacement: optional(
      v.object({
        reason: v.picklist(['named', 'alias', 'nearest']),
        price: optional(v.object({ input: v.number(), output: v.number() })),
        context: optional(v.number()),
      }),
    ),
    ...refusal,
  },
  'wrong-address': {
    url: optional(v.string()),
    alternative: optional(v.string()),
    needs: optional(v.picklist(['chat', 'responses'])),
    ...refusal,
  },
  'too-large': refusal,
  'context-too-long': { limit: optional(v.number()), tokens: optional(v.number()), ...refusal },
  'rate-limited': refusal,
  server: refusal,
  network: {
    reason: oneOf<ErrorOf<'network'>['reason']>({
      dns: true,
      refused: true,
      reset: true,
      tls: true,
      unreachable: true,
      cors: true,
    }),
    detail: v.string(),
  },
  proxy: { proxy: v.string(), status: optional(v.number()), detail: v.string() },
  'unexpected-address': { host: v.string(), address: v.string() },
  timeout: {
    phase: oneOf<ErrorOf<'timeout'>['phase']>({ connect: true, 'first-byte': true, idle: true }),
    seconds: v.number(),
  },
  redirected: { to: v.string(), isLoop: optional(v.literal(true)), alternative: optional(v.string()) },
  'wrong-scheme': { needs: v.picklist(['http', 'https']), alternative: optional(v.string()) },
  truncated: {},
  interrupted: {},
  'broken-off': { message: v.string() },
  unreadable: { detail: v.string() },
  'not-an-answer': { detail: v.string() },
  'answer-too-large': { megabytes: v.number() },
  'bad-address': {
    problem: oneOf<ErrorOf<'bad-address'>['problem']>({
      'no-url': true,
      'no-http': true,
      credentials: true,
      insecure: true,
      spaces: true,
    }),
  },
} as const satisfies { readonly [Kind in ChatError['kind']]: FieldsOf<Kind> };

/** A schema for each field that errors of a kind have. */
type FieldsOf<Kind extends ChatError['kind']> = {
  readonly [Name in Exclude<keyof Extract<ChatError, { kind: Kind }>, 'kind'>]-?:
    v.GenericSchema | ReturnType<typeof v.exactOptional>;
};

const error = v.variant(
  'kind',
  Object.entries(errorFields).map(([kind, fields]) => v.object({ kind: v.literal(kind), ...fields })),
) as unknown as v.GenericSchema<unknown, ChatError>;

export const answerStatusSchema = exactly<AnswerStatus>()(
  v.variant('kind', [
    v.object({ kind: v.picklist(['waiting', 'thinking', 'answering']), since: v.number() }),
    v.object({
      kind: v.literal('retrying'),
      since: v.number(),
      until: v.number(),
      attempt: v.number(),
      of: v.number(),
      error,
    }),
    v.object({ kind: v.picklist(['done', 'stopped']) }),
    v.object({ kind: v.picklist(['incomplete', 'failed']), error }),
  ]),
);

const usage = exactly<Usage>()(
  v.object({
    promptTokens: optional(v.number()),
    completionTokens: optional(v.number()),
    totalTokens: optional(v.number()),
    cachedTokens: optional(v.number()),
    cacheWriteTokens: optional(v.number()),
    reasoningTokens: optional(v.number()),
    others: optional(v.array(v.object({ name: v.string(), tokens: v.number() }))),
  }),
);

const terms = exactly<RequestTerms>()(
  v.object({
    origin: v.string(),
    model: v.string(),
    limit: v.number(),
    lowered: optional(
      v.object({
        from: v.number(),
        by: v.union([v.object({ maxOutput: v.number() }), v.object({ context: v.number() })]),
        refused: optional(v.literal(true)),
      }),
    ),
    n: v.number(),
    promptTokens: v.number(),
    price: optional(
      v.object({
        input: v.number(),
        output: v.number(),
        cachedInput: optional(v.number()),
        cacheWrite: optional(v.number()),
      }),
    ),
    maxOutput: optional(v.number()),
    reasoningEffort: optional(v.string()),
    verbosity: optional(v.string()),
    omitted: optional(v.object({ turns: v.number(), context: v.boolean() })),
  }),
);

const receipt = exactly<RequestUsage>()(
  v.object({
    id: optional(v.string()),
    model: optional(v.string()),
    fingerprint: optional(v.string()),
    status: optional(v.number()),
    unbilled: optional(v.literal(true)),
    requestIds: v.array(v.string()),
    usage: optional(usage),
    usd: optional(v.number()),
    ignoredLimit: optional(v.object({ parameter: v.string(), next: optional(v.string()) })),
  }),
);

const run = exactly<Run>()(
  v.object({
    terms,
    askedAt: v.number(),
    sentAt: optional(v.number()),
    firstWordAt: optional(v.number()),
    endedAt: optional(v.number()),
    seed: v.nullable(v.number()),
    reasoningEffort: optional(v.string()),
    verbosity: optional(v.string()),
    continues: optional(v.number()),
    receipts: v.array(receipt),
  }),
);

const choice = exactly<Choice>()(
  v.object({
    text: v.string(),
    refusal: v.string(),
    reasoning: v.string(),
    reasoningItems: optional(
      v.object({
        source: v.string(),
        items: v.array(v.looseObject({ type: v.literal('reasoning'), encrypted_content: v.string() })),
      }),
    ),
    finishReason: optional(v.string()),
    annotations: optional(v.array(v.unknown())),
    seam: optional(v.string()),
  }),
);

/** The schema of an answer in the file of a chat. */
export const answerSchema = exactly<Answer>()(
  v.object({
    status: answerStatusSchema,
    choices: v.array(choice),
    chosen: count,
    runs: v.array(run),
  }),
);

/** A list of one or more. */
export function nonEmptyArray<T>(
  item: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, readonly [T, ...T[]]> {
  return v.pipe(
    v.array(item),
    v.guard((list): list is [T, ...T[]] => list.length > 0),
  );
}
