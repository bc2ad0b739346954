import { cpus, loadavg } from 'node:os';
import { gitState } from '../support/git-state';
import type { BenchLine } from './line';

/** The figures as a page of Markdown. */
export function reportOf(lines: readonly BenchLine[]): string {
  const rows = lines.map(({ id, what, figure, goal }) => [
    ...[id, what, figure, goal?.text ?? ''],
    goal ? (goal.reached ? 'reached' : '**not reached**') : '',
  ]);
  const head = ['', 'What', 'Figure', 'Goal', ''];
  const load = loadavg()[0]?.toFixed(1) ?? '';
  const [processor] = cpus();
  return [
    '# Benchmark',
    '`npm run bench` measures these figures and writes this page; it is not edited by hand. "Times" compares with a floor that was measured in turns with it, in the same run. CPU is the time that processors spent, whatever else the machine was doing.',
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit ${gitState()}, on ${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), load ${load}, Node ${process.versions.node}.`,
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    '',
  ].join('\n\n');
}
