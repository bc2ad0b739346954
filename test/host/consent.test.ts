import assert from 'node:assert/strict';
import { createConsent, type AskConsent } from '../../src/host/chat/consent/consent';
import type { Budget, Consent } from '../../src/host/chat/consent/consent-dialog';
import type { RequestEstimate, EstimateInput } from '../../src/host/chat/request-estimate';
import { withDialogs, type Shown } from './dialogs';
import { turn } from './builders';

const price = { input: 1, output: 4 };
const input: EstimateInput = {
  history: [],
  question: { text: 'Why?' },
  instructions: '',
  model: 'o1-mini',
  limit: 1000,
  n: 1,
  metadata: { price, context: 128_000 },
};
const small: RequestEstimate = { promptTokens: 100, greatestCost: 0.0041 };
const large: RequestEstimate = { promptTokens: 40_000, greatestCost: 0.044 };
const noBudget: Budget = { spent: 5, limit: null };

interface Asked {
  readonly consent: Consent;
  readonly shown: readonly Shown[];
}

describe('Before a question leaves', () => {
  let consent: AskConsent;

  /** @param press the button at this place; none closes the dialog */
  async function ask(
    { press, ...changes }: Partial<EstimateInput> & { readonly press?: number },
    estimate = small,
    budget = noBudget,
  ): Promise<Asked> {
    let result: Asked | undefined;
    await withDialogs(
      ({ buttons }) => (press === undefined ? undefined : buttons[press]),
      async (shown) => {
        result = { consent: await consent({ ...input, ...changes }, estimate, budget), shown };
      },
    );
    assert.ok(result);
    return result;
  }

  beforeEach(() => {
    consent = createConsent();
  });

  it('nobody is asked about a small one', async () => {
    assert.deepEqual(await ask({}), { consent: { kind: 'send' }, shown: [] });
  });

  it('the user is asked about a large one, with its size and its price, and nothing is sent without a click', async () => {
    const { consent: answer, shown } = await ask({}, large);
    assert.deepEqual(answer, { kind: 'cancelled' });
    const [dialog] = shown;
    assert.ok(dialog?.modal);
    assert.match(dialog.message, /40,000 tokens to o1-mini\?/);
    assert.match(
      dialog.detail,
      /Maximum cost: \$0\.044 \(\$1\.00 per million.*\$4\.00 per million.*1 × 1,000/,
    );
    assert.match(dialog.detail, /Nothing has been sent yet/);
    assert.deepEqual((await ask({ press: 0 }, large)).consent, { kind: 'send' });
  });

  it('the user is asked about each large one anew', async () => {
    await ask({ press: 0 }, large);
    assert.equal((await ask({ press: 0 }, large)).shown.length, 1);
  });

  it('the price is said to be unknown where it is', async () => {
    const { shown } = await ask({ metadata: {} }, { promptTokens: 40_000 });
    assert.match(shown[0]?.detail ?? '', /price of this model is not known/);
    assert.doesNotMatch(shown[0]?.detail ?? '', /\$/);
  });

  describe('that asks for several answers', () => {
    it('the user is told so once', async () => {
      const { shown } = await ask({ n: 3, press: 0 });
      assert.match(shown[0]?.detail ?? '', /o1mini\.n requests 3 answers of up to 1,000 tokens each/);
      assert.deepEqual(await ask({ n: 3 }), { consent: { kind: 'send' }, shown: [] });
    });

    it('the user is told again after a no, or for more of them, longer ones, or another model', async () => {
      assert.deepEqual((await ask({ n: 3 })).consent, { kind: 'cancelled' });
      assert.equal((await ask({ n: 3, press: 0 })).shown.length, 1);
      for (const changes of [{ n: 4 }, { n: 3, limit: 2000 }, { n: 3, model: 'o3' }]) {
        assert.equal((await ask(changes)).shown.length, 1, JSON.stringify(changes));
      }
    });
  });

  describe('that may be beyond the daily budget', () => {
    it('the user is asked, with both amounts', async () => {
      const { shown } = await ask({}, small, { spent: 1.5, limit: 1.503 });
      assert.match(
        shown[0]?.detail ?? '',
        /You have spent \$1\.50 today.*budget of \$1\.50.*o1mini\.dailyBudget/,
      );
    });

    it('nobody is asked as long as the most that it can cost is within', async () => {
      assert.deepEqual((await ask({}, small, { spent: 1, limit: 1.0041 })).shown, []);
    });

    it('a budget of nothing lets nothing through unasked', async () => {
      assert.equal((await ask({}, small, { spent: 0, limit: 0 })).shown.length, 1);
    });

    it('the user is asked where the price is not known', async () => {
      const { shown } = await ask({ metadata: {} }, { promptTokens: 100 }, { spent: 0, limit: 5 });
      assert.match(
        shown[0]?.detail ?? '',
        /cannot be compared with your daily budget of \$5\.00[^]*price of this model is not known/,
      );
    });
  });

  describe('that the model has no room for', () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const history = names.map((name) => turn(`Question ${name}`, 'So.'));
    const fit = { droppedTurns: 2, droppedContext: false, tokens: 90, fits: true };

    it('the user reads which questions would be left out, and they are at the first button', async () => {
      const { consent: answer, shown } = await ask({ history, press: 0 }, { ...small, fit });
      assert.match(shown[0]?.detail ?? '', /exceeds the context window of 128,000 tokens/);
      assert.match(shown[0]?.detail ?? '', /• Question one\n• Question two\n/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /Question three|attached code/);
      assert.deepEqual(answer, { kind: 'send', omitted: { turns: 2, context: false } });
    });

    it('all of it is sent at the second button', async () => {
      const { consent: answer, shown } = await ask({ history, press: 1 }, { ...small, fit });
      assert.equal(shown[0]?.buttons.length, 2);
      assert.deepEqual(answer, { kind: 'send' });
    });

    it('the first five of many questions are named, and the others counted', async () => {
      const { shown } = await ask({ history }, { ...small, fit: { ...fit, droppedTurns: 7 } });
      assert.match(shown[0]?.detail ?? '', /• Question five\n• and 2 more/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /Question six/);
    });

    it('a long question is named by its beginning, in one line', async () => {
      const long = turn(`${'word '.repeat(30)}\n\nend`, 'So.');
      const { shown } = await ask({ history: [long] }, { ...small, fit: { ...fit, droppedTurns: 1 } });
      assert.match(shown[0]?.detail ?? '', /^• (word ?){5,}…$/m);
    });

    it('the user reads that the code would be left out, which is not the first button', async () => {
      const [language, content] = ['typescript', 'x'];
      const attachments = [{ kind: 'selection', label: 'src/loop.ts:1-9', language, content }] as const;
      const { consent: answer, shown } = await ask(
        { question: { text: 'Why?', attachments }, press: 1 },
        { ...small, fit: { ...fit, droppedTurns: 0, droppedContext: true } },
      );
      assert.match(shown[0]?.detail ?? '', /code would be left out: src\/loop\.ts:1-9/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /earlier questions/);
      assert.deepEqual(answer, { kind: 'send', omitted: { turns: 0, context: true } });
    });

    it('the user can send it all the same where nothing helps', async () => {
      const hopeless = { ...fit, droppedTurns: 7, fits: false };
      const { consent: answer, shown } = await ask({ history, press: 0 }, { ...small, fit: hopeless });
      assert.match(shown[0]?.detail ?? '', /probably reject/);
      assert.equal(shown[0]?.buttons.length, 1);
      assert.deepEqual(answer, { kind: 'send' });
    });
  });
});
