/** A command of VS Code with a visible effect: it opens a tab "Untitled-1". */
export const canary = 'workbench.action.files.newUntitledFile';

/** The icon that VS Code would show if it interpreted the text. */
export const hostileIcon = 'rocket';

const labels = ['Open', 'a b', 'a\nb', '](x', '[[x', `$(${hostileIcon})`, '\u202eneh', 'x'.repeat(60)];
const targets = [
  `command:${canary}`,
  `COMMAND:${canary}`,
  `command:${canary}?%5B%5D`,
  'file:///etc/passwd',
  'https://evil.test/',
  'http://evil.test/?q=1',
];
const titles = ['', ' "Click"', " 'Click'"];

/** Texts in which VS Code would find links and icons if they were not escaped. */
export const hostileTexts: readonly string[] = [
  ...labels.flatMap((label, index) =>
    targets.map((target) => `[${label}](${target}${titles[index % titles.length] ?? ''})`),
  ),
  ...targets.map((target) => `]( [x](${target})`),
  ...targets.map((target) => `$(${hostileIcon}) [$(${hostileIcon}~spin)](${target})`),
  ...targets.map((target) => `[x]\u0000(${target}) [y](${target} "t") tail`),
  `[x\r](command:${canary})`,
  `<a href="command:${canary}">x</a> [z](command:${canary})`,
];

/** The hostile texts that can be file names, with an extension. */
export function hostileFileNames(extension: string): readonly string[] {
  const names = hostileTexts.map((text) => `${text.replace(/[\0\r\n]/g, ' ')}${extension}`);
  return names.filter((name) => !name.includes('/') && Buffer.byteLength(name) <= 255);
}
