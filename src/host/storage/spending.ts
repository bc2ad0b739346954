import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';

/** The cost of requests on this machine, by day. */
export interface Spending {
  /** The cost of all windows, in US dollars. */
  usdToday(): Promise<number>;
  /** The number of today's requests whose cost is not known. */
  unpricedRequestsToday(): Promise<number>;
  /** The tokens of all windows that services have counted today. */
  tokensToday(): Promise<number>;
  /** @param usd undefined if the cost of a request is not known */
  add(usd: number | undefined): Promise<void>;
  addTokens(count: number): Promise<void>;
  /** Fires when this window has added a cost, tokens, or a request of unknown cost. */
  readonly onDidChange: vscode.Event<void>;
}

/**
 * @param folder of the amounts in US dollars; the counts of tokens and of requests of unknown cost are stored in
 *  sibling folders
 */
export function createSpending(folder: vscode.Uri, clock: Clock, log: vscode.LogOutputChannel): Spending {
  const dollars = createDailyTotal(folder, clock, log);
  // The counts cannot be in the same folder, because earlier versions read each file in that folder as an amount.
  const beside = (name: string): DailyTotal =>
    createDailyTotal(folder.with({ path: `${folder.path}-${name}` }), clock, log);
  const [unknown, tokens] = [beside('unknown'), beside('tokens')];
  const changed = new vscode.EventEmitter<void>();
  const added = (adding: Promise<void>): Promise<void> => {
    changed.fire();
    return adding;
  };
  return {
    onDidChange: changed.event,
    usdToday: () => dollars.today(),
    unpricedRequestsToday: () => unknown.today(),
    tokensToday: () => tokens.today(),
    addTokens: (count) => added(tokens.add(count)),
    add: (usd) => added(usd === undefined ? unknown.add(1) : dollars.add(usd)),
  };
}

/** A sum of positive numbers for each day. */
interface DailyTotal {
  /** The sum over all windows. */
  today(): Promise<number>;
  add(amount: number): Promise<void>;
}

/** Days whose totals are kept. */
const MAX_STORED_DAYS = 7;

/**
 * A folder for each day, and in it a file for each window: no two windows write the same file, so none overwrites what
 * another has added.
 */
function createDailyTotal(folder: vscode.Uri, clock: Clock, log: vscode.LogOutputChannel): DailyTotal {
  const { fs } = vscode.workspace;
  const name = `${crypto.randomUUID()}.txt`;
  /** The totals of this window, by the day. */
  const mine = new Map<string, number>();
  let writing = Promise.resolve();

  const dayFolder = (day: string): vscode.Uri => vscode.Uri.joinPath(folder, day);

  async function write(day: string): Promise<void> {
    const file = vscode.Uri.joinPath(dayFolder(day), name);
    await fs.writeFile(file, new TextEncoder().encode(String(mine.get(day))));
    // Several days are kept, and not only today, because a clock that is temporarily wrong must not delete today's
    // total.
    const days = (await fs.readDirectory(folder)).map(([old]) => old).sort();
    for (const old of days.slice(0, -MAX_STORED_DAYS)) await fs.delete(dayFolder(old), { recursive: true });
  }

  return {
    async today() {
      const day = dayOf(clock);
      const files = await Promise.resolve(fs.readDirectory(dayFolder(day))).catch(() => []);
      const amounts = await Promise.all(
        files
          .filter(([file]) => file !== name)
          .map(async ([file]) => readAmount(vscode.Uri.joinPath(dayFolder(day), file))),
      );
      // The total of this window counts even if its file cannot be written, or is not written yet.
      return amounts.reduce((sum, amount) => sum + amount, mine.get(day) ?? 0);
    },
    add(amount) {
      // An imported chat may contain any cost.
      if (!isAmount(amount)) return writing;
      const day = dayOf(clock);
      mine.set(day, amount + (mine.get(day) ?? 0));
      writing = writing
        .then(() => write(day))
        .catch((error: unknown) => log.error(`Could not save the cost: ${String(error)}`));
      return writing;
    },
  };
}

async function readAmount(file: vscode.Uri): Promise<number> {
  try {
    const amount = Number(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    return isAmount(amount) ? amount : 0;
  } catch {
    // Another window has just created the file and not written it yet, or has deleted it.
    return 0;
  }
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

/** `YYYY-MM-DD`, where the user is. */
function dayOf(clock: Clock): string {
  const date = new Date(clock.now());
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
