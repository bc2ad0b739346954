import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** The violations that axe-core finds in a page, including insufficient contrast, one per line. */
export async function axeFindings(page: Page | Frame): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => {
    const { axe: injected } = window as unknown as { readonly axe: typeof axe };
    // The level-one heading belongs to the window of VS Code, not to a frame in it.
    return injected.run(document, { rules: { 'page-has-heading-one': { enabled: false } } });
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary ?? ''}`),
  );
}
