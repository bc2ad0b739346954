/** A command of VS Code that every window has, and whose work can be seen: it opens a tab "Untitled-1". */
export const canary = 'workbench.action.files.newUntitledFile';

/** What VS Code would draw where it makes an icon of the text. */
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

/** Texts of which VS Code would make links and icons in places that are not made for foreign text. */
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

/** Those that can be the name of a file here, followed by its ending. */
export function hostileFileNames(ending: string): readonly string[] {
  const names = hostileTexts.map((text) => `${text.replace(/[\0\r\n]/g, ' ')}${ending}`);
  return names.filter((name) => !name.includes('/') && Buffer.byteLength(name) <= 255);
}
