import { startGroup } from '../support/process-group';

/** What a script says in its line `figures …`, run by Node in a process of its own, which is ended then. */
export async function figuresOf<T>(args: readonly string[]): Promise<T> {
  const group = startGroup(process.execPath, args, { output: 'captured' });
  const [, figures = ''] = await group.untilOutput(/^figures (.*)$/m);
  await group.kill();
  return JSON.parse(figures) as T;
}
