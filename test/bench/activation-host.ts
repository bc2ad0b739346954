import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { extensions } from 'vscode';
import type { ActivationFigures } from './activation';

/** Waits after the start of the host and before each activation, because the host is still busy then, in ms. */
const settleMs = 3000;
const pauseMs = 100;

/** Called by VS Code in its extension host: activates the extensions in the environment, and writes their times. */
export async function run(): Promise<void> {
  const { O1MINI_ACTIVATE: names = '', O1MINI_FIGURES: file = '' } = process.env;
  await wait(settleMs);
  const figures: Record<string, ActivationFigures> = {};
  for (const name of names.split(',')) {
    const extension = extensions.getExtension(name);
    if (!extension) throw new Error(`${name} is not installed.`);
    if (extension.isActive) throw new Error(`${name} is already active.`);
    await wait(pauseMs);
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await extension.activate();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    figures[name] = { cpu: (user + system) / 1000, wall };
  }
  writeFileSync(file, JSON.stringify(figures));
}
