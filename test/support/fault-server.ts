import assert from 'node:assert/strict';
import type { Transport } from '../../src/core/api';
import type { Clock } from '../../src/core/clock';
import { nodeTransport } from '../../src/platform/node/transport';
import type { Fault } from '../server/faults/fault';
import { startServer, type ApiServer } from '../server/server';
import { collectAnswer, manualClock, requestTo, type CollectedAnswer } from './wire';

const limits = { connect: 1001, 'first-byte': 1002, idle: 1003 } as const;
const maxRetries = 2;

interface CountingClock extends Clock {
  /** The number of pending timers. */
  running(): number;
  /** Lets a time limit expire as soon as the client has set it. */
  expire(phase: keyof typeof limits): Promise<void>;
}

/** A clock whose time limits expire only by `expire`, and whose waits between retries pass at once. */
function countingClock(): CountingClock {
  const clock = manualClock();
  const running = new Map<object, number>();
  let onStart = (): void => undefined;
  const isLimit = (milliseconds: number): boolean =>
    Object.values(limits).some((seconds) => seconds * 1000 === milliseconds);
  return {
    now: () => clock.now(),
    after(milliseconds, callback) {
      const entry = {};
      const cancel = clock.after(milliseconds, () => {
        running.delete(entry);
        callback();
      });
      running.set(entry, milliseconds);
      onStart();
      if (!isLimit(milliseconds)) queueMicrotask(() => clock.advance(milliseconds));
      return () => {
        running.delete(entry);
        cancel();
      };
    },
    running: () => running.size,
    async expire(phase) {
      const milliseconds = limits[phase] * 1000;
      while (![...running.values()].includes(milliseconds)) {
        await new Promise<void>((resolve) => (onStart = resolve));
      }
      clock.advance(milliseconds);
    },
  };
}

export interface FaultResult extends CollectedAnswer {
  /** Whether all retries were used. */
  readonly retried: boolean;
}

export interface FaultServer {
  readonly api: ApiServer;
  /** Sends a request to the address of a fault. Resolves when no connection and no timer is left. */
  requestFault(fault: Fault, changes?: Parameters<typeof requestTo>[1]): Promise<FaultResult>;
}

/** Starts the test server, and a client that requests its faults over the network. */
export async function startFaultServer(): Promise<FaultServer> {
  let markAnswered = (): void => undefined;
  const api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, onAnswered: () => markAnswered() });

  async function requestFault(
    fault: Fault,
    changes: Parameters<typeof requestTo>[1] = {},
  ): Promise<FaultResult> {
    const address = 'open' in fault ? await fault.open() : undefined;
    const origin = address?.origin ?? `${api.origin}/fault/${fault.name}`;
    const clock = countingClock();
    const { phase } = fault.expected;
    const answered = new Promise<void>((resolve) => (markAnswered = resolve));
    if (phase === 'idle') void clock.expire(phase);
    if (phase === 'first-byte') void answered.then(() => clock.expire(phase));
    let calls = 0;
    const transport: Transport = (request) => {
      calls++;
      return nodeTransport(request);
    };
    const request = requestTo(origin, { ...changes, timeouts: limits, maxRetries });
    const answer = await collectAnswer(request, transport, clock);
    await Promise.all(api.requests.map(({ ended }) => ended));
    await address?.close();
    assert.equal(clock.running(), 0, 'timers that are left');
    return { ...answer, retried: calls === 1 + maxRetries };
  }

  return { api, requestFault };
}
