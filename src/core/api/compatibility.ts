import type { Endpoint } from './endpoint';
import { fieldsOf } from '../json';
const CORRECTIONS = [
  /** The instructions open the first question. */
  'no-system-role',
  'max-tokens',
  'max-completion-tokens',
  'no-stream',
  'no-stream-options',
  /** Several answers are asked for one by one. */
  'single-answers',
  'no-seed',
  'no-name',
] as const;

/** Changes to a request that a service has required by refusing it (README.md, "Corrections"). */
export type Correction = (typeof CORRECTIONS)[number];

export type Corrections = ReadonlySet<Correction>;

function isCorrection(value: unknown): value is Correction {
  return CORRECTIONS.some((correction) => correction === value);
}

/** Corrections learned from refusals, per model and address. A new model or a new address starts with none. */
export interface CompatibilityMemory {
  get(address: CompatibilitySubject, model: string): Corrections;
  learn(address: CompatibilitySubject, model: string, correction: Correction): void;
}

/** One origin may be a gateway to several services. */
type CompatibilitySubject = Pick<Endpoint, 'chatCompletions'>;

/** Number of models to remember; the least recently used one is forgotten first. */
const MAX_MODELS = 200;

/** Time after which a service is tried again as if nothing were known of it, in ms: services change. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** What was learned of a model at an address. */
interface LearnedCorrections {
  /** The address without its query, which may hold what is for nobody's file, and the model. */
  readonly name: string;
  readonly corrections: readonly Correction[];
  /** When the last one was learned. */
  readonly at: number;
}

/** Keeps what was learned over restarts. */
export interface CorrectionStore {
  /** What was written last, in whatever state it is by now. */
  read(): unknown;
  write(learned: readonly LearnedCorrections[]): void;
  readonly now: () => number;
}

/** @param store without one, everything is forgotten at the end */
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

/** The entries that can be used, of what another version may have written. */
function parseLearned(stored: unknown, now: number): readonly LearnedCorrections[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    const { name, corrections, at } = fieldsOf(entry);
    if (typeof name !== 'string' || !Array.isArray(corrections) || typeof at !== 'number') return [];
    const known = corrections.filter(isCorrection);
    return known.length > 0 && Math.abs(now - at) < MAX_AGE_MS ? [{ name, corrections: known, at }] : [];
  });
}
