import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';

/** The cost of requests on this machine, by day, in US dollars. */
export interface Spending {
  /** Of all windows. */
  today(): Promise<number>;
  add(usd: number): Promise<void>;
}

/** Days whose spending is kept. */
const MAX_STORED_DAYS = 7;

/**
 * A folder for each day, and in it a file for each window: no two windows write the same file, so none
 * overwrites what another has spent.
 */
export function createSpending(folder: vscode.Uri, clock: Clock, log: vscode.LogOutputChannel): Spending {
  const { fs } = vscode.workspace;
  const name = `${crypto.randomUUID()}.txt`;
  /** US dollars of this window, by the day. */
  const mine = new Map<string, number>();
  let writing = Promise.resolve();

  const dayFolder = (day: string): vscode.Uri => vscode.Uri.joinPath(folder, day);

  async function write(day: string): Promise<void> {
    const file = vscode.Uri.joinPath(dayFolder(day), name);
    await fs.writeFile(file, new TextEncoder().encode(String(mine.get(day))));
    // Not all but today: the clock may have been wrong for a while.
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
      // The spending of this window counts even if its file cannot be written, or is not written yet.
      return amounts.reduce((sum, usd) => sum + usd, mine.get(day) ?? 0);
    },
    add(usd) {
      // A chat that was imported may say anything of what it has cost.
      if (!isAmount(usd)) return writing;
      const day = dayOf(clock);
      mine.set(day, usd + (mine.get(day) ?? 0));
      writing = writing
        .then(() => write(day))
        .catch((error: unknown) => log.error(`Could not save the cost: ${String(error)}`));
      return writing;
    },
  };
}

async function readAmount(file: vscode.Uri): Promise<number> {
  try {
    const usd = Number(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    return isAmount(usd) ? usd : 0;
  } catch {
    // Another window has just begun or removed it.
    return 0;
  }
}

function isAmount(usd: number): boolean {
  return Number.isFinite(usd) && usd > 0;
}

/** `YYYY-MM-DD`, where the user is. */
function dayOf(clock: Clock): string {
  const date = new Date(clock.now());
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
