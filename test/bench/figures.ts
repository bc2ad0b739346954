import { startGroup } from '../support/process-group';

/** Runs a script in a Node process of its own until it prints a line `figures …`, and returns the figures. */
export async function figuresOf<T>(args: readonly string[]): Promise<T> {
  const group = startGroup(process.execPath, args, { output: 'captured' });
  const [, figures = ''] = await group.untilOutput(/^figures (.*)$/m);
  await group.kill();
  return JSON.parse(figures) as T;
}
