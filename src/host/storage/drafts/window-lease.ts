import * as v from 'valibot';
import { parseStoredJson, parseValue } from '../../parse-stored-data';
import type { Clock } from '../../../core/clock';
import type { FileFolder, ProcessTable } from '../../../core/file-folder';

/** A small file beside the record of a window, which the window renews to show others that it is alive. */
export interface WindowLease {
  /** True if the window of the record is known to be closed. */
  isFree(id: string): Promise<boolean>;
  /** When the lease was renewed last, in ms since 1970; undefined if the window has ended normally. */
  renewedAt(id: string): Promise<number | undefined>;
  /** Renews the lease of this window from now on. */
  hold(id: string): void;
  /** Deletes the lease because the window closes. */
  release(): Promise<void>;
}

export interface LeaseServices {
  readonly folder: FileFolder;
  readonly clock: Clock;
  readonly session: string;
  /** The process table, to find out whether the process of a window still runs; undefined in a browser. */
  readonly process: ProcessTable | undefined;
  /**
   * Resolves when the window responds. The extension host of a browser that was killed runs for hours, but its window
   * does not respond.
   */
  readonly windowAnswers: () => Promise<unknown>;
}

const RENEWAL_MS = 4000;
/** A lease that was not renewed for this time, in ms, belongs to a window that was closed. */
const LEASE_EXPIRY_MS = 12_000;

const schema = v.object({
  session: v.string(),
  process: v.exactOptional(v.number()),
  count: v.number(),
  renewedAt: v.number(),
});
type Lease = v.InferOutput<typeof schema>;

export const LEASE_SUFFIX = '.lease';

export function createWindowLease({
  folder,
  clock,
  session,
  process,
  windowAnswers,
}: LeaseServices): WindowLease {
  /** Leases of other windows as first read, to detect renewals without relying on the clocks of those windows. */
  const seen = new Map<string, { readonly count: number; readonly at: number }>();
  let held: string | undefined;
  let count = 0;
  let cancel: (() => void) | undefined;

  async function readLease(id: string): Promise<Lease | undefined> {
    try {
      return parseValue(
        schema,
        parseStoredJson(new TextDecoder().decode(await folder.read(id + LEASE_SUFFIX))),
      );
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
    // If it cannot be written, other windows may copy the record of this window. Nothing is lost.
    await folder.write(id + LEASE_SUFFIX, bytes, 'cached').catch(() => undefined);
  }

  async function renew(): Promise<void> {
    // The lease was released while the window was asked whether it responds.
    if (held === undefined) return;
    // If another record was held while the window was asked whether it responds, that record is already being renewed.
    cancel?.();
    cancel = clock.after(RENEWAL_MS, () => void windowAnswers().then(renew, renew));
    await write(held);
  }

  return {
    async isFree(id) {
      const lease = await readLease(id);
      if (!lease || lease.session === session) return true;
      if (process && lease.process !== undefined && !process.isRunning(lease.process)) return true;
      // A time that is far from now, in the past or in the future, was not written recently.
      if (Math.abs(clock.now() - lease.renewedAt) > LEASE_EXPIRY_MS) return true;
      const before = seen.get(id);
      if (before?.count !== lease.count) seen.set(id, { count: lease.count, at: performance.now() });
      return before?.count === lease.count && performance.now() - before.at > LEASE_EXPIRY_MS;
    },
    renewedAt: async (id) => (await readLease(id))?.renewedAt,
    hold(id) {
      const before = held;
      held = id;
      if (before !== undefined) void folder.delete(before + LEASE_SUFFIX).catch(() => undefined);
      cancel?.();
      // `write` handles errors.
      renew().catch(() => undefined);
    },
    async release() {
      cancel?.();
      const id = held;
      held = undefined;
      if (id !== undefined) await folder.delete(id + LEASE_SUFFIX).catch(() => undefined);
    },
  };
}
