import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { PanelWindow } from '../../support/panel-page';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const mixed = [
  'The area of a circle of radius $r$ is \\(\\pi r^2\\), and it costs $5 or $10:',
  '\\[\nA = \\int_0^{2\\pi} \\int_0^r \\rho \\, d\\rho \\, d\\varphi \\tag{1}\n\\]',
  'A wrong one, $\\frac{1}{$, and an unknown command, $\\nosuch{x}$, beside $x^2$.',
  '\\begin{align*}\na &= b + c \\\\\n  &= d\n\\end{align*}',
  '$$\n\\wrong\n$$',
  'Water is $\\ce{H2O}$, at $\\pu{293 K}$; $f(x) = \\begin{cases} 1 & \\text{if $x > 0$} \\\\ 0 & \\text{else} \\end{cases}$',
  '$$\n\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix} \\operatorname{tr}(A)\n$$',
].join('\n\n');

describe('Formulas in the panel', () => {
  const panel = usePanel();
  const formulas = (): Locator => panel.page.locator('.formula');
  const renderedFormulas = (): Locator => panel.page.locator('.formula .katex');
  const show = (...texts: readonly string[]): Promise<void> =>
    panel.post(snapshot(...texts.map((markdown, at) => turn(`${at}`, { choices: [choice(markdown)] }))));

  /** Performs an action on a formula as the context menu of VS Code does. */
  async function act(formula: Locator, action: 'copyLatex' | 'copyMathml' | 'insert'): Promise<unknown> {
    const context = JSON.parse((await formula.getAttribute('data-vscode-context')) ?? '{}') as {
      readonly formula?: string;
    };
    const { length } = await panel.received();
    await panel.post({ type: 'formula', formula: context.formula ?? '', action });
    // The panel loads the code of the actions when it is needed. Its first message is not in `received`.
    await panel.page.waitForFunction(
      (count) => (window as unknown as PanelWindow).received.length > count,
      length + 1,
    );
    return (await panel.received()).at(-1);
  }

  it('are rendered, with MathML for screen readers, and prices are not', async () => {
    await show(mixed);
    await renderedFormulas().nth(10).waitFor();
    assert.equal(await renderedFormulas().count(), 11);
    await panel.page.getByText('it costs $5 or $10:').waitFor();
    const tree = await panel.page.locator('.markdown p').first().ariaSnapshot();
    assert.match(tree, /math/);
    assert.doesNotMatch(tree, /katex/);
    const shown = panel.page.locator('.katex-html:not([aria-hidden="true"])');
    assert.equal(await shown.count(), 0);
  });

  it('that are invalid show their source with the error, and do not affect others', async () => {
    await show('A $x^2$, a wrong $\\left(x$, a $y_1$.\n\n$$\n\\frac{1}{\n$$');
    await renderedFormulas().nth(1).waitFor();
    const invalid = panel.page.locator('.formula-error');
    assert.equal(await invalid.count(), 2);
    assert.equal(await invalid.first().locator('code').innerText(), '\\left(x');
    const message = invalid.first().getByRole('note');
    assert.match(await message.innerText(), /Expected '\\right'/);
    assert.equal(await message.isVisible(), true);
    assert.match(await invalid.nth(1).innerText(), /^\\frac\{1\}\{\s+.*(Expected|Unexpected)/s);
    assert.deepEqual(await act(invalid.first(), 'copyLatex'), { type: 'copy', text: '$\\left(x$' });
  });

  it('are numbered consecutively in each answer, as if each number was a tag', async () => {
    const answer = (tag: (number: number) => string): string =>
      Array.from(
        { length: 10 },
        (_, at) =>
          `So\n\n$$\\begin{align} a &= b ${tag(2 * at + 1)} \\\\ c &= d ${tag(2 * at + 2)} \\end{align}$$`,
      ).join('\n\n');
    const takeScreenshots = async (): Promise<readonly Buffer[]> => {
      const screenshots: Buffer[] = [];
      for (const at of [0, 9, 19]) {
        await formulas().nth(at).scrollIntoViewIfNeeded();
        await renderedFormulas().nth(at).waitFor();
        screenshots.push(await formulas().nth(at).screenshot());
      }
      return screenshots;
    };
    const [numbered, tagged] = [answer(() => ''), answer((number) => `\\tag{${number}}`)];
    await show(numbered, numbered, 'The end.');
    const shown = await takeScreenshots();
    await show(tagged, tagged, 'The end.');
    assert.deepEqual(shown, await takeScreenshots());
  });

  it('are shown as source while they are written, and rendered when they are complete', async () => {
    await panel.post(
      snapshot(turn('a', { status: running('answering'), choices: [choice('One $a$ and')] })),
      changes(2, text('a', ' two $x^')),
    );
    await renderedFormulas().waitFor();
    assert.match(await panel.page.locator('.markdown').innerText(), /two \$x\^$/);
    await panel.post(changes(3, text('a', '2$.')));
    assert.equal(await renderedFormulas().count(), 2);
  });

  it('are copied as LaTeX and as MathML, and inserted, from the context menu', async () => {
    await show('So $x^2$ is\n\n\\[\n\\frac{a}{b} < c\n\\]\n\n\\begin{align}\na &= b\n\\end{align}');
    await renderedFormulas().nth(2).waitFor();
    assert.deepEqual(await act(formulas().nth(0), 'copyLatex'), { type: 'copy', text: '$x^2$' });
    assert.deepEqual(await act(formulas().nth(1), 'copyLatex'), {
      type: 'copy',
      text: '$$\\frac{a}{b} < c$$',
    });
    assert.deepEqual(await act(formulas().nth(2), 'insert'), {
      type: 'insert',
      code: '\\begin{align}\na &= b\n\\end{align}',
      language: 'latex',
    });
    const { text: mathml } = (await act(formulas().nth(1), 'copyMathml')) as { readonly text: string };
    assert.match(mathml, /^<math xmlns="http:\/\/www\.w3\.org\/1998\/Math\/MathML" display="block">/);
    assert.doesNotMatch(mathml, /annotation|semantics|class=|style=/);
    const names = await panel.page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, 'application/xml');
      return [...parsed.querySelectorAll('*')].map(({ localName, namespaceURI }) => [
        localName,
        namespaceURI,
      ]);
    }, mathml);
    for (const [name, namespace] of names) {
      assert.match(String(name), /^(math|m[a-z]+)$/);
      assert.equal(namespace, 'http://www.w3.org/1998/Math/MathML');
    }
    const before = (await panel.received()).length;
    await panel.post({ type: 'formula', formula: 'none', action: 'copyLatex' });
    await act(formulas().nth(0), 'copyLatex');
    assert.equal((await panel.received()).length, before + 1);
  });

  it('have one tab stop in each answer; arrow keys reach the others, and Enter opens the menu', async () => {
    await show('$a$ and $b$ and $c$', '$d$ and $e$');
    await renderedFormulas().nth(4).waitFor();
    const stops = panel.page.locator('.formula[tabindex="0"]');
    await stops.nth(1).waitFor();
    assert.equal(await stops.count(), 2);
    await panel.page.evaluate(() => {
      window.addEventListener('contextmenu', (event) => {
        const target = event.target as HTMLElement;
        document.title = `menu of ${target.dataset['source'] ?? ''}`;
        event.preventDefault();
      });
    });
    await stops.first().focus();
    const focused = (): Promise<string | undefined> =>
      panel.page.evaluate(() => (document.activeElement as HTMLElement).dataset['source']);
    for (const [key, source] of [
      ['ArrowRight', 'b'],
      ['ArrowDown', 'c'],
      ['ArrowDown', 'c'],
      ['Home', 'a'],
      ['End', 'c'],
      ['ArrowLeft', 'b'],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focused(), source);
    }
    assert.equal(await stops.count(), 2);
    await panel.page.keyboard.press('Enter');
    assert.equal(await panel.page.title(), 'menu of b');
    await panel.page.keyboard.press('Shift+Tab');
    await panel.page.keyboard.press('Tab');
    assert.equal(await focused(), 'b');
  });

  it('are copied as LaTeX with the text of an answer', async () => {
    await show('Let $x^2$ be.\n\n- one $y$\n- two\n\n$$\nz\n$$\n\n```py\na = 1\n```\n\nThe end.');
    await renderedFormulas().nth(2).waitFor();
    const copied = await panel.page.evaluate(() => {
      getSelection()?.selectAllChildren(document.querySelector('.markdown') ?? document.body);
      const data = new DataTransfer();
      document.body.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
      );
      return { plain: data.getData('text/plain'), rich: data.getData('text/html') };
    });
    assert.equal(
      copied.plain.replace(/\n+/g, '\n').trim(),
      'Let $x^2$ be.\n- one $y$\n- two\n$$\nz\n$$\n```py\na = 1\n```\nThe end.',
    );
    assert.match(copied.rich, /<math xmlns/);
    assert.doesNotMatch(copied.rich, /katex/);
  });

  it('are only rendered, whatever they contain', async () => {
    const requests: string[] = [];
    panel.page.on('request', (request) => requests.push(request.url()));
    const deep = '{'.repeat(2000) + 'x' + '}'.repeat(2000);
    const hostile = [
      '\\href{javascript:alert(1)}{x}',
      '\\url{https://evil.test}',
      '\\includegraphics{https://evil.test/a.png}',
      '\\htmlData{onclick=alert(1)}{x}',
      '\\htmlStyle{position:fixed;inset:0}{x}',
      '\\style{color:red}{x}',
      '\\htmlId{a}{x}',
      '\\htmlClass{button}{x}',
      '\\def\\a{\\a\\a}\\a',
      '\\rule{1000000em}{1000000em}',
      '\\kern1000000em x',
      deep,
      `\\sqrt{`.repeat(400) + 'x' + '}'.repeat(400),
      `\\sqrt{`.repeat(90) + 'x' + '}'.repeat(90),
      `\\left(`.repeat(400) + 'x' + '\\right)'.repeat(400),
      `\\ce{${'('.repeat(500)}}`,
      'x^'.repeat(2000),
      `\\begin{matrix}${'a&'.repeat(200)}\\end{matrix}`,
      'x'.repeat(6000),
    ];
    await show(`${hostile.map((source) => `$${source}$`).join('\n\n')}\n\n$the\\ end$`);
    await renderedFormulas().filter({ hasText: 'the end' }).waitFor({ timeout: 60_000 });
    assert.deepEqual(
      requests.filter((url) => !url.startsWith('https://panel.test/')),
      [],
    );
    const found = await panel.page.evaluate(() => ({
      links: document.querySelectorAll('.formula a, .formula img, .formula [onclick], .formula [id]').length,
      wider: document.documentElement.scrollWidth - innerWidth,
    }));
    assert.deepEqual(found, { links: 0, wider: 0 });
  });

  /** Scrolls up as a user does, because the panel returns to the end of a growing answer until then. */
  async function leaveEnd(): Promise<void> {
    await panel.page.getByRole('log', { name: 'Conversation' }).hover();
    await panel.page.mouse.wheel(0, -300);
    await panel.page.getByRole('button', { name: 'Scroll to End' }).waitFor();
  }

  it('leave the page responsive if there are thousands, and are rendered when they approach the viewport', async () => {
    await show('$x$');
    await renderedFormulas().waitFor();
    await panel.page.evaluate(countFrames);
    const many = Array.from({ length: 1000 }, (_, at) =>
      [1, 2, 3, 4, 5].map((n) => `$x_{${at}}^${n} + \\frac{${at}}{${n}}$`).join(' and '),
    ).join('\n\n');
    await show(many);
    const frames = (): Promise<number> =>
      panel.page.evaluate(() => (window as unknown as { drawnFrames: number }).drawnFrames);
    const before = await frames();
    for (const at of [999, 500, 0]) {
      if (at < 999) await leaveEnd();
      await panel.page
        .locator('.blocks')
        .nth(Math.floor(at / 8))
        .scrollIntoViewIfNeeded();
      await formulas()
        .filter({ hasText: new RegExp(`^x${at}5`) })
        .locator('.katex')
        .first()
        .waitFor();
    }
    assert.ok((await frames()) - before >= 20, `${(await frames()) - before} frames`);
    assert.equal(await panel.page.locator('.formula[tabindex="0"]').count(), 1);
  });

  it('that are wider than the column are also reached with Tab, so that they can be scrolled', async () => {
    await show(`$a$\n\n$$${'x + '.repeat(20)}y$$\n\n$$b$$`);
    const stops = panel.page.locator('.formula[tabindex="0"]');
    await stops.nth(1).waitFor();
    assert.equal(await stops.count(), 2);
    assert.match((await stops.nth(1).getAttribute('data-source')) ?? '', /^x \+/);
    await panel.page.setViewportSize({ width: 3000, height: 640 });
    await stops.nth(1).waitFor({ state: 'detached' });
  });

  for (const width of [240, 420, 900]) {
    it(`fit into ${width} pixels, in each theme`, async () => {
      await panel.page.setViewportSize({ width, height: 900 });
      await show(mixed);
      await renderedFormulas().nth(8).waitFor();
      assert.equal(await panel.overflow(), 0);
      await panel.screenshotInThemes(`formulas-${width}`);
    });
  }
});

/** A string, because tsx would add a helper to a function that the page does not have. */
const countFrames = `
  window.drawnFrames = 0;
  requestAnimationFrame(function count() {
    Object.assign(window, { drawnFrames: window.drawnFrames + 1 });
    requestAnimationFrame(count);
  });
`;
