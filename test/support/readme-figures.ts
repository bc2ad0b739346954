/** A number with the word or percent sign after it, such as `1.3 times` or `24 ms`. */
const figure = /(?<![\w.,])\d[\d,.]*(?<![,.]) ?(?:%|[A-Za-z]+)/g;

/** The text of a section with a heading of level 2, up to the next one. */
export function sectionOf(markdown: string, heading: string): string {
  const [, text = ''] = markdown.split(new RegExp(`^## ${heading}\\s*$`, 'm'));
  return text.split(/^## /m)[0] ?? '';
}

/** The figures in the last column of the tables of a section; the other columns describe the figures. */
export function figuresIn(section: string): readonly string[] {
  const lines = section.split('\n').map((line) => (line.startsWith('|') ? lastCell(line) : ''));
  return lines.flatMap((line) => line.match(figure) ?? []);
}

/** The figures of a section that are missing in all reports. */
export function unprinted(section: string, reports: readonly string[]): readonly string[] {
  const printed = new Set(reports.flatMap((report) => report.match(figure) ?? []));
  return figuresIn(section).filter((text) => !printed.has(text));
}

function lastCell(row: string): string {
  return (
    row
      .replace(/\|\s*$/, '')
      .split('|')
      .at(-1) ?? ''
  );
}
