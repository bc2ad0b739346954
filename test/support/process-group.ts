import { spawn } from 'node:child_process';
import { onExit } from './on-exit';

export interface ProcessGroup {
  /** The exit code, which is 1 after a signal. */
  readonly exited: Promise<number>;
  output(): string;
  /** The first match in the output; rejects if the command ends without a match. */
  untilOutput(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal, and `SIGKILL` if the group has not ended after a while. */
  kill(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface GroupOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly output: 'captured' | 'shown';
}

/** Starts a command in a process group of its own, so that it can be ended together with its children. */
export function startGroup(command: string, args: readonly string[], options: GroupOptions): ProcessGroup {
  let output = '';
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== 'win32',
    stdio: options.output === 'shown' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      // The group has ended already.
    }
  };
  // Killed at once, because a server that shuts down would write into folders that are being removed.
  onExit(() => signalGroup('SIGKILL'));
  return {
    exited,
    output: () => output,
    untilOutput: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        for (const stream of streams) stream.on('data', check);
        check();
        void exited.then((code) => reject(new Error(`${command} ended with ${code}:\n${output}`)));
      }),
    kill: async (signal = 'SIGTERM') => {
      signalGroup(signal);
      const force = setTimeout(() => signalGroup('SIGKILL'), 5000);
      await exited;
      clearTimeout(force);
    },
  };
}

/** Runs a command without showing its output. If it fails, the error contains the output. */
export async function runQuietly(
  command: string,
  args: readonly string[],
  options: Omit<GroupOptions, 'output'> = {},
): Promise<void> {
  const group = startGroup(command, args, { ...options, output: 'captured' });
  const code = await group.exited;
  if (code === 0) return;
  throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${group.output()}`);
}
