import { costOf, maxCost } from '../tokens/price';
import type { Answer, RequestUsage, Run } from './answer';

/** A cost and its basis. */
export interface Cost {
  /** In US dollars. */
  readonly usd: number;
  /**
   * `billed`: reported by the service; `computed`: from the reported tokens; `greatest`: the service accepted the
   * request and reported nothing, so it is the highest possible cost.
   */
  readonly basis: 'billed' | 'computed' | 'greatest';
}

/** The cost of an answer so far. Undefined if nothing was sent, or if neither a bill nor a price is known. */
export function costOfAnswer({ runs }: Answer): Cost | undefined {
  return sum(runs.flatMap((run) => costOfRun(run) ?? []));
}

/** The cost of a run; undefined while it is running. */
export function costOfRun({ terms, receipts, endedAt }: Run): Cost | undefined {
  if (endedAt === undefined) return undefined;
  return sum(receipts.flatMap((receipt) => costOfRequest(receipt, terms, receipts.length) ?? []));
}

/** Whether a run may have a cost that is not known, because there is neither a bill nor a price. */
export function hasUnknownCost({ terms, receipts, endedAt }: Run): boolean {
  if (endedAt === undefined || terms.price) return false;
  return receipts.some(({ usd, unbilled }) => usd === undefined && !unbilled);
}

/** The tokens that the service has counted for a run. */
export function tokensOfRun({ receipts }: Run): number {
  const counts = receipts.map(({ usage = {} }) => {
    const { promptTokens = 0, completionTokens = 0, totalTokens = promptTokens + completionTokens } = usage;
    return totalTokens;
  });
  return counts.reduce((total, count) => total + count, 0);
}

/** The least certain basis first: a sum is as certain as its least certain part. */
const BASES_BY_CERTAINTY = ['greatest', 'computed', 'billed'] as const;

function sum(costs: readonly Cost[]): Cost | undefined {
  const basis = BASES_BY_CERTAINTY.find((candidate) => costs.some((cost) => cost.basis === candidate));
  return basis && { usd: costs.reduce((total, { usd }) => total + usd, 0), basis };
}

function costOfRequest(
  { usd, usage, unbilled }: RequestUsage,
  { price, promptTokens, limit, n }: Run['terms'],
  requests: number,
): Cost | undefined {
  if (usd !== undefined) return { usd, basis: 'billed' };
  if (!price || unbilled) return undefined;
  const computed = usage && costOf(price, usage);
  if (computed !== undefined) return { usd: computed, basis: 'computed' };
  return { usd: maxCost(price, promptTokens, limit, n / requests), basis: 'greatest' };
}
