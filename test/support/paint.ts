import type { Page } from 'playwright-core';

/** A rectangle of the page, in CSS pixels. */
export interface Area {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Makes the page as high as its conversation, so that all of it is rendered and can be clicked. */
export async function showWhole(page: Page, width: number): Promise<void> {
  for (let pass = 0; pass < 4; pass++) {
    const missing = await page.evaluate(() => {
      const log = document.querySelector('[role=log]');
      return log ? log.scrollHeight - log.clientHeight : 0;
    });
    if (missing > 0) {
      const height = (page.viewportSize()?.height ?? 0) + missing;
      await page.setViewportSize({ width, height: Math.min(height, 16_000) });
    }
    // Parts that become visible are laid out in one frame and rendered in the next.
    await framesOf(page, 3);
    await page.waitForFunction(
      () => !document.querySelector('[aria-busy], .markdown-source, .formula:not(.rendered, .formula-error)'),
    );
  }
}

/** Waits until the page has been painted this many times. */
export async function framesOf(page: Page, count: number): Promise<void> {
  await page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
  }, count);
}

/** Checks points that are `step` pixels apart, and returns their number and those at which another element covers the selected ones. */
export async function coveredPoints(
  page: Page,
  selector: string,
  step: number,
): Promise<{ readonly points: number; readonly covered: readonly string[] }> {
  return page.evaluate(
    ([wanted, distance]) => {
      const inView = document.querySelector('[role=log]')?.getBoundingClientRect();
      const covered: string[] = [];
      let points = 0;
      for (const element of document.querySelectorAll(wanted)) {
        // Elements that are not laid out have no position.
        if (!element.checkVisibility({ contentVisibilityAuto: true })) continue;
        const { left, top, right, bottom } = element.getBoundingClientRect();
        for (let y = top + 4; y < bottom - 3; y += distance) {
          for (let x = left + 4; x < right - 3; x += distance) {
            if (!inView || y < inView.top || y >= inView.bottom) continue;
            points++;
            const hit = document.elementFromPoint(x, y);
            // The actions of a question overlap the next element on purpose.
            if (hit && (element.contains(hit) || hit.closest('[role=toolbar]'))) continue;
            const name = `${element.closest('.turn')?.textContent.slice(0, 40)} … ${element.ariaLabel ?? element.className}`;
            covered.push(`${name} at ${x},${y}: ${hit?.outerHTML.slice(0, 100)}`);
          }
        }
      }
      return { points, covered };
    },
    [selector, step] as const,
  );
}

export async function areasOf(page: Page, selector: string): Promise<readonly Area[]> {
  return page.evaluate(
    (wanted) =>
      [...document.querySelectorAll(wanted)].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { name: `${element.ariaLabel ?? element.className} at ${x},${y}`, x, y, width, height };
      }),
    selector,
  );
}

/** The names of the areas in which two screenshots of a page differ. */
export async function differentAreas(
  page: Page,
  [one, other]: readonly [Buffer, Buffer],
  areas: readonly Area[],
): Promise<readonly string[]> {
  return page.evaluate(
    async ({ images, wanted }) => {
      const bitmaps = await Promise.all(
        images.map(async (image) => {
          const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          context?.drawImage(bitmap, 0, 0);
          const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
          return { width: bitmap.width, pixels: new Uint32Array((data as Uint8ClampedArray).buffer) };
        }),
      );
      const [first, second] = bitmaps;
      if (!first || !second) return [];
      return wanted.flatMap(({ name, x, y, width, height }) => {
        // Edges are left out, because corners are round and edges may share pixels with their neighbors.
        for (let row = Math.max(0, Math.ceil(y) + 2); row < y + height - 3; row++) {
          for (let column = Math.ceil(x) + 2; column < x + width - 3; column++) {
            const at = row * first.width + column;
            if (first.pixels[at] !== second.pixels[at]) return [`${name}: ${column},${row}`];
          }
        }
        return [];
      });
    },
    { images: [one.toString('base64'), other.toString('base64')], wanted: areas },
  );
}

/** Performs an action while the page has additional styles. */
export async function withStyles<T>(page: Page, styles: string, act: () => Promise<T>): Promise<T> {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
  }, styles);
  const result = await act();
  await page.evaluate(() => document.adoptedStyleSheets.pop());
  return result;
}
