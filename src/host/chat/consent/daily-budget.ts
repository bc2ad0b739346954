import type { Settings } from '../../settings';
import type { Spending } from '../../storage/spending';

/** Spending of the day and its limit, in US dollars. */
export interface DailyBudget {
  readonly spent: number;
  /** The number of the day's requests whose cost is not known. */
  readonly unknown: number;
  /** Null where no budget is set. */
  readonly limit: number | null;
}

export async function readDailyBudget(spending: Spending, { dailyBudget }: Settings): Promise<DailyBudget> {
  return {
    spent: await spending.usdToday(),
    unknown: await spending.unpricedRequestsToday(),
    limit: dailyBudget,
  };
}

/** @param cost the highest cost of a request, in US dollars; undefined if it is not known, which exceeds any budget */
export function exceedsDailyBudget({ spent, limit }: DailyBudget, cost: number | undefined): boolean {
  return limit !== null && (cost === undefined || spent + cost > limit);
}
