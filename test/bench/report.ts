import { cpus, loadavg } from 'node:os';
import { gitState } from '../support/git-state';
import type { BenchLine } from './line';

/** The figures as a Markdown document. */
export function reportOf(lines: readonly BenchLine[]): string {
  const rows = lines.map(({ id, label, figure, goal }) => [
    id,
    label,
    figure,
    goal?.text ?? '',
    goal ? (goal.reached ? 'reached' : '**not reached**') : '',
  ]);
  const header = ['', 'Measurement', 'Figure', 'Goal', ''];
  const load = loadavg()[0]?.toFixed(1) ?? '';
  const [processor] = cpus();
  return [
    '# Benchmark',
    '`npm run bench` measures these figures and writes this page; do not edit it. "Times" compares with a baseline that was measured alternately in the same run. CPU time excludes the work of other processes.',
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit ${gitState()}, on ${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), load ${load}, Node ${process.versions.node}.`,
    [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    '',
  ].join('\n\n');
}
