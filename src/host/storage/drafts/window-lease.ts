import * as v from 'valibot';
import { parseJson, parseValue } from '../../../protocol/values';
import type { Clock } from '../../../core/clock';
import type { FileFolder, ProcessTable } from '../../../core/files';

/** Shows other windows that this one is alive: a small file beside the record of the window, renewed all the time. */
export interface WindowLease {
  /** Whether the window of a record was closed, as far as is known now. */
  isFree(id: string): Promise<boolean>;
  /** When the window of a record was there last, in ms since 1970; undefined where it has ended in order. */
  renewedAt(id: string): Promise<number | undefined>;
  /** Renews the lease of this window from now on. */
  hold(id: string): void;
  /** Gives it up, since the window goes. */
  release(): Promise<void>;
}

export interface LeaseServices {
  readonly folder: FileFolder;
  readonly clock: Clock;
  readonly session: string;
  /** This process, and whether one runs; undefined in a browser. */
  readonly process: ProcessTable | undefined;
  /**
   * Resolves when the window answers. The extension host of a browser that was killed goes on for hours; its window
   * does not.
   */
  readonly windowAnswers: () => Promise<unknown>;
}

const RENEWAL_MS = 4000;
/** A lease that is not renewed for so long, in ms, has lost its window. */
const LEASE_EXPIRY_MS = 12_000;

const format = v.object({
  session: v.string(),
  process: v.exactOptional(v.number()),
  count: v.number(),
  renewedAt: v.number(),
});
type Lease = v.InferOutput<typeof format>;

export const leaseEnding = '.lease';

export function createWindowLease({
  folder,
  clock,
  session,
  process,
  windowAnswers,
}: LeaseServices): WindowLease {
  /** Leases of others as they were seen first, to know without their clocks whether they are renewed. */
  const seen = new Map<string, { readonly count: number; readonly at: number }>();
  let held: string | undefined;
  let count = 0;
  let cancel: (() => void) | undefined;

  async function readLease(id: string): Promise<Lease | undefined> {
    try {
      return parseValue(format, parseJson(new TextDecoder().decode(await folder.read(id + leaseEnding))));
    } catch {
      return undefined;
    }
  }

  async function write(id: string): Promise<void> {
    const lease: Lease = {
      session,
      count: ++count,
      renewedAt: clock.now(),
      ...(process && { process: process.id }),
    };
    const bytes = new TextEncoder().encode(JSON.stringify(lease));
    // Where it cannot be written, the window may be taken for gone: its record would be copied, not lost.
    await folder.write(id + leaseEnding, bytes, 'cached').catch(() => undefined);
  }

  async function renew(): Promise<void> {
    // Released while the window was asked whether it answers.
    if (held === undefined) return;
    cancel = clock.after(RENEWAL_MS, () => void windowAnswers().then(renew, renew));
    await write(held);
  }

  return {
    async isFree(id) {
      const lease = await readLease(id);
      if (!lease || lease.session === session) return true;
      if (process && lease.process !== undefined && !process.isRunning(lease.process)) return true;
      // Whatever the clocks say: one that is far from now was not renewed lately.
      if (Math.abs(clock.now() - lease.renewedAt) > LEASE_EXPIRY_MS) return true;
      const before = seen.get(id);
      if (before?.count !== lease.count) seen.set(id, { count: lease.count, at: performance.now() });
      return before?.count === lease.count && performance.now() - before.at > LEASE_EXPIRY_MS;
    },
    renewedAt: async (id) => (await readLease(id))?.renewedAt,
    hold(id) {
      const before = held;
      held = id;
      if (before !== undefined) void folder.delete(before + leaseEnding).catch(() => undefined);
      cancel?.();
      // Where it cannot be written, `write` has seen to it.
      renew().catch(() => undefined);
    },
    async release() {
      cancel?.();
      const id = held;
      held = undefined;
      if (id !== undefined) await folder.delete(id + leaseEnding).catch(() => undefined);
    },
  };
}
