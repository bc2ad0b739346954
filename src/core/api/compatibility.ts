import type { Endpoint } from './endpoint';
import { fieldsOf } from '../json';
const CORRECTIONS = [
  /** The instructions are put into the first user message. */
  'no-system-role',
  'max-tokens',
  'max-completion-tokens',
  'no-stream',
  'no-stream-options',
  /** Each answer is requested separately. */
  'single-answers',
  'no-seed',
  'no-name',
  /** The model answers by the Responses API only, or by the Chat Completions API only. */
  'responses-api',
  'chat-api',
  'no-reasoning-summary',
] as const;

/**
 * A change to requests that a service requires, learned from an error response (README.md, "Corrections").
 */
export type Correction = (typeof CORRECTIONS)[number];

export type Corrections = ReadonlySet<Correction>;

function isCorrection(value: unknown): value is Correction {
  return CORRECTIONS.some((correction) => correction === value);
}

/** The corrections learned so far, per model and address. A new model or address starts without any. */
export interface CompatibilityMemory {
  get(address: CompatibilitySubject, model: string): Corrections;
  learn(address: CompatibilitySubject, model: string, correction: Correction): void;
}

/** Keyed by address, because one origin may be a gateway to several services. */
type CompatibilitySubject = Pick<Endpoint, 'chatCompletions'>;

/** Number of models to remember; the least recently used one is removed first. */
const MAX_MODELS = 200;

/** Time after which corrections expire, in ms, because services change. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** The corrections for a model at an address, as they are stored. */
interface LearnedCorrections {
  /** The address without its query, which may contain secrets, and the model. */
  readonly name: string;
  readonly corrections: readonly Correction[];
  /** When the last correction was learned, in ms of the store's clock. */
  readonly at: number;
}

/** Persists the corrections across restarts. */
export interface CorrectionStore {
  /** The value that was written last; it is validated after reading. */
  read(): unknown;
  write(learned: readonly LearnedCorrections[]): void;
  readonly now: () => number;
}

/** @param store if absent, the corrections are kept in memory only */
export function createCompatibilityMemory(store?: CorrectionStore): CompatibilityMemory {
  const learned = new Map(
    parseLearned(store?.read(), store?.now() ?? 0).map((entry) => [entry.name, entry] as const),
  );

  const nameOf = ({ chatCompletions }: CompatibilitySubject, model: string): string =>
    `${chatCompletions.origin}${chatCompletions.pathname} ${model}`;

  function remember(entry: LearnedCorrections): void {
    learned.delete(entry.name);
    learned.set(entry.name, entry);
    const [oldest] = learned.keys();
    if (oldest !== undefined && learned.size > MAX_MODELS) learned.delete(oldest);
  }

  return {
    get(address, model) {
      const entry = learned.get(nameOf(address, model));
      if (!entry) return NO_CORRECTIONS;
      remember(entry);
      return new Set(entry.corrections);
    },
    learn(address, model, correction) {
      const name = nameOf(address, model);
      const before = learned.get(name)?.corrections ?? [];
      remember({ name, corrections: [...new Set([...before, correction])], at: store?.now() ?? 0 });
      store?.write([...learned.values()]);
    },
  };
}

const NO_CORRECTIONS: Corrections = new Set();

/** The valid entries of a stored value, which another version may have written. */
function parseLearned(stored: unknown, now: number): readonly LearnedCorrections[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    const { name, corrections, at } = fieldsOf(entry);
    if (typeof name !== 'string' || !Array.isArray(corrections) || typeof at !== 'number') return [];
    const known = corrections.filter(isCorrection);
    return known.length > 0 && Math.abs(now - at) < MAX_AGE_MS ? [{ name, corrections: known, at }] : [];
  });
}
