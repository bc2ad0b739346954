import assert from 'node:assert/strict';
import { createConsent, type AskConsent } from '../../src/host/chat/consent/consent';
import type { Consent } from '../../src/host/chat/consent/consent-dialog';
import type { DailyBudget } from '../../src/host/chat/consent/daily-budget';
import type { RequestEstimate, EstimateInput } from '../../src/host/chat/estimates/request-estimate';
import { withDialogs, type ShownMessage } from './dialogs';
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
const answerLimit = { tokens: 1000 };
const small: RequestEstimate = { promptTokens: 100, answerLimit, maxCostUsd: 0.0041 };
const large: RequestEstimate = { promptTokens: 40_000, answerLimit, maxCostUsd: 0.044 };
const noBudget: DailyBudget = { spent: 5, unknown: 0, limit: null };

function budget(spent: number, limit: number, unknown = 0): DailyBudget {
  return { spent, unknown, limit };
}

interface Reviewed {
  readonly consent: Consent;
  readonly shown: readonly ShownMessage[];
}

describe('Consent before a question is sent', () => {
  let consent: AskConsent;

  /** @param press the index of the button to press; without it, the dialog is closed */
  async function ask(
    { press, ...changes }: Partial<EstimateInput> & { readonly press?: number },
    estimate = small,
    budget = noBudget,
  ): Promise<Reviewed> {
    let result: Reviewed | undefined;
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

  it('is not requested for a small question', async () => {
    assert.deepEqual(await ask({}), { consent: { kind: 'send' }, shown: [] });
  });

  it('is requested for a large question, with its size and price, and nothing is sent without it', async () => {
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

  it('is requested again for each large question', async () => {
    await ask({ press: 0 }, large);
    assert.equal((await ask({ press: 0 }, large)).shown.length, 1);
  });

  it('says that the price is unknown if it is', async () => {
    const { shown } = await ask({ metadata: {} }, { promptTokens: 40_000, answerLimit });
    assert.match(shown[0]?.detail ?? '', /price of this model is not known/);
    assert.doesNotMatch(shown[0]?.detail ?? '', /\$/);
  });

  describe('for several answers', () => {
    it('is requested once', async () => {
      const { shown } = await ask({ n: 3, press: 0 });
      assert.match(shown[0]?.detail ?? '', /o1mini\.n requests 3 answers of up to 1,000 tokens each/);
      assert.deepEqual(await ask({ n: 3 }), { consent: { kind: 'send' }, shown: [] });
    });

    it('is requested again after it was declined, or for more answers, longer ones or another model', async () => {
      assert.deepEqual((await ask({ n: 3 })).consent, { kind: 'cancelled' });
      assert.equal((await ask({ n: 3, press: 0 })).shown.length, 1);
      for (const changes of [{ n: 4 }, { n: 3, model: 'o3' }]) {
        assert.equal((await ask(changes)).shown.length, 1, JSON.stringify(changes));
      }
      const longer = { ...small, answerLimit: { tokens: 2000 } };
      assert.equal((await ask({ n: 3 }, longer)).shown.length, 1);
    });
  });

  describe('for a question that may exceed the daily budget', () => {
    it('names both amounts', async () => {
      const { shown } = await ask({}, small, budget(1.5, 1.503));
      assert.match(
        shown[0]?.detail ?? '',
        /You have spent \$1\.50 today.*budget of \$1\.50.*o1mini\.dailyBudget/,
      );
    });

    it('names the number of requests that are missing from the amount because their price is unknown', async () => {
      const { shown } = await ask({}, small, budget(1.5, 1.503, 2));
      assert.match(shown[0]?.detail ?? '', /2 requests whose price is not known are not included/);
    });

    it('is not requested while the greatest possible cost is within the budget', async () => {
      assert.deepEqual((await ask({}, small, budget(1, 1.0041))).shown, []);
    });

    it('is always requested with a budget of zero', async () => {
      assert.equal((await ask({}, small, budget(0, 0))).shown.length, 1);
    });

    it('is requested if the price is unknown', async () => {
      const { shown } = await ask({ metadata: {} }, { promptTokens: 100, answerLimit }, budget(0, 5));
      assert.match(
        shown[0]?.detail ?? '',
        /cannot be compared with your daily budget of \$5\.00[^]*price of this model is not known/,
      );
    });
  });

  describe('for a question that exceeds the context window', () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const history = names.map((name) => turn(`Question ${name}`, 'So.'));
    const fit = { droppedTurns: 2, droppedAttachments: false, tokens: 90, fits: true };

    it('offers to summarize earlier turns first if that is possible', async () => {
      const { consent: answer, shown } = await ask(
        { history, canSummarize: true, press: 2 },
        { ...small, fit },
      );
      assert.deepEqual(shown[0]?.buttons, [
        'Leave Out and Send',
        'Send Everything',
        'Summarize Earlier Turns',
      ]);
      assert.deepEqual(answer, { kind: 'cancelled', instead: 'summarize' });
    });

    it('lists the questions that would be omitted, and the first button omits them', async () => {
      const { consent: answer, shown } = await ask({ history, press: 0 }, { ...small, fit });
      assert.match(shown[0]?.detail ?? '', /exceeds the context window of 128,000 tokens/);
      assert.match(shown[0]?.detail ?? '', /• Question one\n• Question two\n/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /Question three|attached code/);
      assert.deepEqual(answer, { kind: 'send', omitted: { turns: 2, context: false } });
    });

    it('sends everything with the second button', async () => {
      const { consent: answer, shown } = await ask({ history, press: 1 }, { ...small, fit });
      assert.equal(shown[0]?.buttons.length, 2);
      assert.deepEqual(answer, { kind: 'send' });
    });

    it('names the first five of many questions and counts the others', async () => {
      const { shown } = await ask({ history }, { ...small, fit: { ...fit, droppedTurns: 7 } });
      assert.match(shown[0]?.detail ?? '', /• Question five\n• and 2 more/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /Question six/);
    });

    it('names a long question by its beginning, in one line', async () => {
      const long = turn(`${'word '.repeat(30)}\n\nend`, 'So.');
      const { shown } = await ask({ history: [long] }, { ...small, fit: { ...fit, droppedTurns: 1 } });
      assert.match(shown[0]?.detail ?? '', /^• (word ?){5,}…$/m);
    });

    it('names the code that would be omitted, and only the second button omits it', async () => {
      const [language, content] = ['typescript', 'x'];
      const attachments = [{ kind: 'selection', label: 'src/loop.ts:1-9', language, content }] as const;
      const { consent: answer, shown } = await ask(
        { question: { text: 'Why?', attachments }, press: 1 },
        { ...small, fit: { ...fit, droppedTurns: 0, droppedAttachments: true } },
      );
      assert.match(shown[0]?.detail ?? '', /code would be left out: src\/loop\.ts:1-9/);
      assert.doesNotMatch(shown[0]?.detail ?? '', /earlier questions/);
      assert.deepEqual(answer, { kind: 'send', omitted: { turns: 0, context: true } });
    });

    it('can send everything if omitting does not help', async () => {
      const hopeless = { ...fit, droppedTurns: 7, fits: false };
      const { consent: answer, shown } = await ask({ history, press: 0 }, { ...small, fit: hopeless });
      assert.match(shown[0]?.detail ?? '', /probably reject/);
      assert.equal(shown[0]?.buttons.length, 1);
      assert.deepEqual(answer, { kind: 'send' });
    });
  });
});
