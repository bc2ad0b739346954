import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { extensions } from 'vscode';
import type { ActivationFigures } from './activation';

/** In ms; the host does other things when it has just started, and when it was told of an activation. */
const settleMs = 3000;
const betweenMs = 100;

/** Called by VS Code in its extension host: activates the extensions that it is told, and writes what each cost. */
export async function run(): Promise<void> {
  const { O1MINI_ACTIVATE: names = '', O1MINI_FIGURES: file = '' } = process.env;
  await wait(settleMs);
  const figures: Record<string, ActivationFigures> = {};
  for (const name of names.split(',')) {
    const extension = extensions.getExtension(name);
    if (!extension) throw new Error(`There is no ${name}.`);
    if (extension.isActive) throw new Error(`${name} is active at start-up.`);
    await wait(betweenMs);
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await extension.activate();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    figures[name] = { cpu: (user + system) / 1000, wall };
  }
  writeFileSync(file, JSON.stringify(figures));
}
