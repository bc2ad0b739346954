import type { Endpoint } from './endpoint';
import { fieldsOf } from '../json';

/**
 * The parameters that a service rejects are learned from its error responses, and remembered here for the next requests
 * to the same address and model (README.md, "Corrections"). These are the ways in which a request is changed.
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
  /** Omits `reasoning.summary`. */
  'no-reasoning-summary',
] as const;

/** A change to requests that a service requires. */
export type Correction = (typeof CORRECTIONS)[number];

export type Corrections = ReadonlySet<Correction>;

function isCorrection(value: unknown): value is Correction {
  return CORRECTIONS.some((correction) => correction === value);
}

/** The corrections learned so far, per model and address. A new model or address starts without any. */
export interface LearnedCorrections {
  get(address: ServiceAddress, model: string): Corrections;
  learn(address: ServiceAddress, model: string, correction: Correction): void;
}

/** Keyed by address, because one origin may be a gateway to several services. */
type ServiceAddress = Pick<Endpoint, 'chatCompletions'>;

/** Number of models to remember; the least recently used one is removed first. */
const MAX_MODELS = 200;

/** Time after which corrections expire, in ms, because services change. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

interface ModelCorrections {
  readonly corrections: readonly Correction[];
  /** When the last correction was learned, in ms of the store's clock. */
  readonly learnedAt: number;
}

/** The corrections for a model at an address, as they are stored. */
interface StoredCorrections {
  /** The key of `keyOf`. */
  readonly name: string;
  readonly corrections: readonly Correction[];
  /** `learnedAt` */
  readonly at: number;
}

/** Persists the corrections across restarts. */
export interface CorrectionStore {
  /** The value that was written last; it is validated after reading. */
  read(): unknown;
  write(learned: readonly StoredCorrections[]): void;
  readonly now: () => number;
}

/** @param store if absent, the corrections are kept in memory only */
export function createLearnedCorrections(store?: CorrectionStore): LearnedCorrections {
  const learned = parseStored(store?.read(), store?.now() ?? 0);

  function remember(addressAndModel: string, entry: ModelCorrections): void {
    learned.delete(addressAndModel);
    learned.set(addressAndModel, entry);
    const [oldest] = learned.keys();
    if (oldest !== undefined && learned.size > MAX_MODELS) learned.delete(oldest);
  }

  return {
    get(address, model) {
      const addressAndModel = keyOf(address, model);
      const entry = learned.get(addressAndModel);
      if (!entry) return NO_CORRECTIONS;
      remember(addressAndModel, entry);
      return new Set(entry.corrections);
    },
    learn(address, model, correction) {
      const addressAndModel = keyOf(address, model);
      const before = learned.get(addressAndModel)?.corrections ?? [];
      const corrections = [...new Set([...before, correction])];
      remember(addressAndModel, { corrections, learnedAt: store?.now() ?? 0 });
      store?.write([...learned].map(toStored));
    },
  };
}

const NO_CORRECTIONS: Corrections = new Set();

/** The address without its query, which may contain secrets, and the model. */
function keyOf({ chatCompletions }: ServiceAddress, model: string): string {
  return `${chatCompletions.origin}${chatCompletions.pathname} ${model}`;
}

function toStored([name, { corrections, learnedAt }]: readonly [
  string,
  ModelCorrections,
]): StoredCorrections {
  return { name, corrections, at: learnedAt };
}

/** The valid entries of a stored value, which another version may have written, by their keys. */
function parseStored(stored: unknown, now: number): Map<string, ModelCorrections> {
  const learned = new Map<string, ModelCorrections>();
  for (const entry of Array.isArray(stored) ? (stored as readonly unknown[]) : []) {
    const { name, corrections, at } = fieldsOf(entry);
    if (typeof name !== 'string' || !Array.isArray(corrections) || typeof at !== 'number') continue;
    const known = corrections.filter(isCorrection);
    if (known.length > 0 && Math.abs(now - at) < MAX_AGE_MS)
      learned.set(name, { corrections: known, learnedAt: at });
  }
  return learned;
}
