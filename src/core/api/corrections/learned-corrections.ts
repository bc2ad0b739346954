import type { Endpoint } from '../addresses/endpoint';
import { arrayField, field, fieldsOf } from '../../json';
import {
  mergeRules,
  parameterValues,
  ENUM_PARAMETERS,
  type EnumParameter,
  type ValueRules,
} from '../../models/parameter-values';

/**
 * The parameters that a service rejects are learned from its error responses, and remembered here for the next requests
 * to the same address and model (src/core/api/README.md, "Corrections"). These are the ways in which a request is changed.
 */
const CORRECTIONS = [
  /** Puts the instructions into the first user message instead of a system message. */
  'no-system-role',
  /** Uses `max_tokens` instead of `max_completion_tokens`. */
  'max-tokens',
  /** Uses `max_completion_tokens` instead of `max_tokens`. */
  'max-completion-tokens',
  /** Uses one response with the whole answer instead of a stream. */
  'no-stream',
  /** Uses a stream instead of one response with the whole answer. */
  'stream',
  /** Omits `stream_options`, which requests the usage. */
  'no-stream-options',
  /** Uses one request for each answer instead of `n`. */
  'single-answers',
  /** Omits `seed`. */
  'no-seed',
  /** Omits `name`, which tells the sources of messages apart. */
  'no-name',
  /** Uses the Responses API instead of Chat Completions. */
  'responses-api',
  /** Uses Chat Completions instead of the Responses API. */
  'chat-api',
  /** Neither requests encrypted reasoning nor sends it back. */
  'no-encrypted-reasoning',
  /** Omits `reasoning.summary`. */
  'no-reasoning-summary',
  /** Omits `reasoning_effort`, or `reasoning.effort` in the Responses API. */
  'no-reasoning-effort',
  /** Omits `verbosity`. */
  'no-verbosity',
] as const;

/** A change to requests that a service requires. */
export type Correction = (typeof CORRECTIONS)[number];

/** The corrections that requests to a model at an address need, and the properties that errors named. */
export type Corrections = ReadonlySet<Correction> & { readonly properties?: LearnedProperties };

/** Properties of a model that its service named in errors. */
interface LearnedProperties {
  readonly reasoningEffort?: ValueRules;
  readonly verbosity?: ValueRules;
  /** The context window in tokens: prompt and answer together. */
  readonly context?: number;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput?: number;
}

/** Whether the answer is requested as a stream. */
export function isStreamed({ stream }: { readonly stream: boolean }, corrections: Corrections): boolean {
  // If the service has rejected both a stream and a response without one, the first of the two corrections was wrong.
  if (corrections.has('no-stream') === corrections.has('stream')) return stream;
  return corrections.has('stream');
}

function isCorrection(value: unknown): value is Correction {
  return CORRECTIONS.some((correction) => correction === value);
}

/** The corrections of each model at each address. There are none before the first rejected request. */
export interface LearnedCorrections {
  get(address: ServiceAddress, model: string): Corrections;
  learn(address: ServiceAddress, model: string, correction: Correction): void;
  /** Replaces properties that were learned before, and adds to the values of parameters. */
  learnProperties(address: ServiceAddress, model: string, properties: LearnedProperties): void;
  /** Forgets the context window that an error named, as a longer request was answered. */
  forgetContext(address: ServiceAddress, model: string): void;
  /** When something was last learned about a model, in ms of the store's clock; undefined if nothing was. */
  learnedAt(address: ServiceAddress, model: string): number | undefined;
  /** Forgets everything, about all models. */
  forget(): void;
}

/** Keyed by address, because one origin may be a gateway to several services. */
type ServiceAddress = Pick<Endpoint, 'chatCompletions'>;

/** Number of models to remember; the least recently used one is removed first. */
const MAX_MODELS = 200;

/** Time after which everything about a model expires, in ms, because services change. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

interface LearnedModel {
  readonly corrections: readonly Correction[];
  readonly properties: LearnedProperties;
  /** When something was last learned, in ms of the store's clock. */
  readonly learnedAt: number;
}

/** The stored form of the corrections of a model at an address. */
interface StoredCorrections {
  /** The key of `keyOf`. */
  readonly name: string;
  readonly corrections: readonly Correction[];
  /** Absent in what earlier versions stored. */
  readonly properties?: LearnedProperties;
  /** `learnedAt` */
  readonly at: number;
}

/** Persists what was learned across restarts. */
export interface CorrectionStore {
  /** The value that was written last; it is validated after reading. */
  read(): unknown;
  write(learned: readonly StoredCorrections[]): void;
  readonly now: () => number;
}

/** @param store if absent, everything is kept in memory only */
export function createLearnedCorrections(store?: CorrectionStore): LearnedCorrections {
  const learned = parseStored(store?.read(), store?.now() ?? 0);

  function remember(addressAndModel: string, entry: LearnedModel): void {
    learned.delete(addressAndModel);
    learned.set(addressAndModel, entry);
    const [oldest] = learned.keys();
    if (oldest !== undefined && learned.size > MAX_MODELS) learned.delete(oldest);
  }

  function update(addressAndModel: string, change: (known: LearnedModel) => Partial<LearnedModel>): void {
    const known = learned.get(addressAndModel) ?? NOTHING_LEARNED;
    remember(addressAndModel, { ...known, ...change(known), learnedAt: store?.now() ?? 0 });
    store?.write([...learned].map(toStored));
  }

  return {
    get(address, model) {
      const addressAndModel = keyOf(address, model);
      const entry = learned.get(addressAndModel);
      if (!entry) return new Set();
      remember(addressAndModel, entry);
      return Object.assign(new Set(entry.corrections), { properties: entry.properties });
    },
    learn(address, model, correction) {
      update(keyOf(address, model), ({ corrections }) => ({
        corrections: [...new Set([...corrections, correction])],
      }));
    },
    learnProperties(address, model, named) {
      update(keyOf(address, model), ({ properties }) => ({ properties: merge(properties, named) }));
    },
    forgetContext(address, model) {
      const addressAndModel = keyOf(address, model);
      if (learned.get(addressAndModel)?.properties.context === undefined) return;
      update(addressAndModel, ({ properties: { context, ...others } }) => ({ properties: others }));
    },
    learnedAt: (address, model) => learned.get(keyOf(address, model))?.learnedAt,
    forget() {
      learned.clear();
      store?.write([]);
    },
  };
}

const NOTHING_LEARNED: LearnedModel = { corrections: [], properties: {}, learnedAt: 0 };

function merge(known: LearnedProperties, named: LearnedProperties): LearnedProperties {
  const { reasoningEffort, verbosity } = named;
  return {
    ...known,
    ...named,
    ...(reasoningEffort && { reasoningEffort: mergeRules(known.reasoningEffort, reasoningEffort) }),
    ...(verbosity && { verbosity: mergeRules(known.verbosity, verbosity) }),
  };
}

/** The address without its query, which may contain secrets, and the model. */
function keyOf({ chatCompletions }: ServiceAddress, model: string): string {
  return `${chatCompletions.origin}${chatCompletions.pathname} ${model}`;
}

function toStored([name, { corrections, properties, learnedAt }]: readonly [
  string,
  LearnedModel,
]): StoredCorrections {
  return { name, corrections, properties, at: learnedAt };
}

/** The corrections that leave out a parameter. */
export const OMITTING_CORRECTIONS = {
  reasoningEffort: 'no-reasoning-effort',
  verbosity: 'no-verbosity',
} as const satisfies Record<EnumParameter, Correction>;

/** The valid entries of a stored value, which another version may have written, by their keys. */
function parseStored(stored: unknown, now: number): Map<string, LearnedModel> {
  const learned = new Map<string, LearnedModel>();
  for (const entry of Array.isArray(stored) ? (stored as readonly unknown[]) : []) {
    const { name, corrections, properties, at } = fieldsOf(entry);
    if (typeof name !== 'string' || !Array.isArray(corrections) || typeof at !== 'number') continue;
    const known = corrections.filter(isCorrection);
    const named = parseProperties(properties);
    if (known.length + Object.keys(named).length > 0 && Math.abs(now - at) < MAX_AGE_MS)
      learned.set(name, { corrections: known, properties: named, learnedAt: at });
  }
  return learned;
}

function parseProperties(stored: unknown): LearnedProperties {
  const [reasoningEffort, verbosity] = ENUM_PARAMETERS.map((parameter) =>
    parseRules(field(stored, parameter)),
  );
  const context = parseCount(field(stored, 'context'));
  const maxOutput = parseCount(field(stored, 'maxOutput'));
  return {
    ...(reasoningEffort && { reasoningEffort }),
    ...(verbosity && { verbosity }),
    ...(context !== undefined && { context }),
    ...(maxOutput !== undefined && { maxOutput }),
  };
}

function parseRules(stored: unknown): ValueRules | undefined {
  const accepted = parameterValues(arrayField(stored, 'accepted'));
  const rejected = parameterValues(arrayField(stored, 'rejected'));
  if (accepted.length + rejected.length === 0) return undefined;
  return { ...(accepted.length > 0 && { accepted }), ...(rejected.length > 0 && { rejected }) };
}

function parseCount(stored: unknown): number | undefined {
  return typeof stored === 'number' && Number.isSafeInteger(stored) && stored > 0 ? stored : undefined;
}
