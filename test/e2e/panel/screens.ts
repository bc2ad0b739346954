import type { ToWebviewMessage } from '../../../src/protocol/messages';
import type { PanelPage } from '../../support/panel-page';
import {
  button,
  chats,
  chip,
  code,
  rows,
  estimate,
  everything,
  details,
  errorCard,
  retry,
  selection,
  suggested,
} from './screen-content';
import { reasoningScreens } from './reasoning-screens';
import { choice, running, snapshot, turn } from './views';

/** A state of the panel, which is tested in every theme, width and language. */
export interface Screen {
  readonly messages: readonly ToWebviewMessage[];
  /** The actions of the user that lead to the state after the messages were rendered. */
  readonly act?: (panel: PanelPage) => Promise<unknown>;
}

async function complete(panel: PanelPage): Promise<void> {
  await panel.page.getByRole('textbox').pressSequentially(' #');
  await panel.respond('getCompletions', suggested);
  await panel.page.getByRole('listbox').waitFor();
}

async function openAll({ page }: PanelPage): Promise<void> {
  for (const summary of await page.locator('summary:visible').all()) await summary.click();
}

export const screens = {
  empty: { messages: [snapshot()] },
  'empty-with-selection': { messages: [snapshot(), selection, { type: 'estimate', estimate }] },
  conversation: {
    messages: [
      snapshot(
        {
          ...turn('a', { choices: [choice(everything)], details }, 'What is shown?'),
          earlier: ['Another **answer**.'],
        },
        {
          ...turn('b', {
            choices: [choice('One', { reasoning: 'It may be one.' }), choice(everything)],
            details,
          }),
          attachments: [{ label: 'orbits.py:3-10', language: 'python', content: 'x = 1\n'.repeat(8) }],
        },
      ),
      selection,
      { type: 'estimate', estimate },
    ],
    act: openAll,
  },
  ...reasoningScreens,
  versions: {
    messages: [
      snapshot({
        ...turn('a', { choices: [choice('An answer')], details }),
        version: { number: 2, total: 3 },
      }),
    ],
  },
  editing: {
    messages: [snapshot(turn('a', { choices: [choice('An answer')] }))],
    act: ({ page }: PanelPage) => page.getByRole('button', { name: 'Edit' }).press('Enter'),
  },
  history: {
    messages: [snapshot(turn('a')), { type: 'history', update: { kind: 'show' } }],
    act: async (panel: PanelPage) => {
      await panel.page.locator('.history').waitFor();
      const problems = { damaged: 1, laterVersion: 1, unreadable: 1 };
      await panel.post(
        { type: 'history', update: { kind: 'list', chats, drafts: [], workspace: 'workspace' } },
        { type: 'history', update: { kind: 'verified', problems } },
      );
    },
  },
  answering: {
    messages: [
      snapshot(
        turn('a', { status: running('answering'), choices: [choice('Half an answer: $x^2$ and `co')] }),
      ),
      { type: 'estimate', estimate },
    ],
  },
  stopped: {
    messages: [
      snapshot(
        turn('a', {
          choices: [choice('Half an answer')],
          status: {
            kind: 'stopped',
            notice: { text: 'Stopped', buttons: [button('continueAnswer', 'Continue')] },
          },
        }),
      ),
    ],
  },
  failed: {
    messages: [snapshot(turn('a', { status: { kind: 'failed', errorCard } }))],
  },
  notice: {
    messages: [
      snapshot(),
      {
        type: 'notice',
        notice: {
          title: 'No API key for https://api.aimlapi.com',
          explanation: 'Your question is still in the question box. Set the API key, then send the question.',
          buttons: [button('setApiKey', 'Set API Key'), button('openSettings', 'Open Settings')],
        },
      },
      { type: 'draft', text: 'Why is the sky blue?', withSelection: false, revision: 0 },
      { type: 'estimate', estimate },
    ],
  },
  attached: {
    messages: [snapshot(turn('a')), selection, { type: 'compose', withSelection: true, text: 'What is it?' }],
  },
  chips: {
    messages: [
      snapshot(turn('a')),
      {
        type: 'attachments',
        selection: 'orbits.py:3-10',
        attachments: [
          { ...chip, id: 'a', label: 'orbits.py:3-10' },
          { ...chip, id: 'b', label: 'old.py', tokens: '', reason: 'no longer exists' },
          { ...chip, id: 'c', label: 'ring.c:3-9', icon: 'clippy', pasted: true },
        ],
      },
    ],
  },
  completions: { messages: [snapshot(turn('a'))], act: complete },
  summary: {
    messages: [
      snapshot(
        {
          ...turn('a', { choices: [choice(everything)], details }, 'What is what?'),
          summary: {
            id: 's',
            questions: 1,
            inUse: true,
            answer: turn('s', { choices: [choice(everything)], details }).answer,
            earlier: ['Another **summary**.'],
          },
        },
        {
          ...turn('b', { choices: [choice('One')] }),
          summary: {
            id: 's2',
            questions: 2,
            inUse: false,
            answer: turn('s2', { status: { kind: 'failed', errorCard } }).answer,
            earlier: [],
          },
        },
      ),
      {
        type: 'estimate',
        estimate: {
          ...estimate,
          suggestion: {
            text: 'Earlier turns take up most of the context window of 128,000 tokens.',
            buttons: [button('summarizeTurns', 'Summarize Earlier Turns')],
          },
        },
      },
    ],
  },
  alternatives: {
    messages: [
      snapshot(
        turn(
          'a',
          {
            choices: [
              choice(`The area of a circle is its radius squared, times pi.\n\n${code}`),
              choice('B'),
              choice('C'),
            ],
            details: { summary: '57 prompt · 2,167 completion · 1,024 reasoning tokens', rows },
          },
          'Write a function for the area of a circle.',
        ),
      ),
      selection,
      { type: 'estimate', estimate },
    ],
    act: openAll,
  },
  refusal: {
    messages: [
      snapshot(
        turn(
          'a',
          { choices: [choice('', { refusal: "I'm sorry, but I can't help with that." })] },
          'Do something bad.',
        ),
      ),
      { type: 'estimate', estimate: { ...estimate, text: '' } },
    ],
  },
  notices: {
    messages: [
      snapshot(
        turn(
          'a',
          {
            status: {
              kind: 'done',
              notice: {
                text: 'The model used all 25,000 tokens for reasoning; none were left for the answer.',
                buttons: [
                  { action: 'retryDoubled', label: 'Retry with 50,000 tokens', hint: 'At most $0.22' },
                ],
              },
            },
            details: { summary: '25,000 tokens · $0.11', rows },
          },
          'Prove it.',
        ),
        turn(
          'b',
          {
            choices: [choice(`The area of a circle is $\\pi r^2$, as a limit of polygons shows.`)],
            status: {
              kind: 'done',
              notice: {
                text: 'The answer was cut off at the limit of 25,000 tokens.',
                buttons: [
                  { action: 'continueAnswer', label: 'Continue' },
                  { action: 'retryDoubled', label: 'Retry with 50,000 tokens' },
                ],
              },
            },
            details: { summary: '25,057 tokens · $0.11', rows },
          },
          'And this?',
        ),
      ),
      {
        type: 'estimate',
        estimate: { ...estimate, text: '140,000 tokens · at most $0.53', level: 'too-much' },
      },
    ],
    act: openAll,
  },
  retrying: {
    messages: [
      snapshot(turn('a', { status: running('waiting', { retry }) })),
      { type: 'estimate', estimate },
    ],
  },
  thinking: {
    messages: [
      snapshot(
        turn('a', {
          status: running('thinking', { elapsed: 12_000, typicalThinkingTime: 'usually 8–20 s' }),
        }),
      ),
      selection,
      { type: 'estimate', estimate },
    ],
  },
  errorCard: {
    messages: [
      snapshot(
        turn('a', {
          choices: [choice('Half an answer')],
          status: {
            kind: 'incomplete',
            errorCard: {
              title: 'The connection was lost',
              explanation: 'The received text is kept.',
              buttons: [
                { action: 'continueAnswer', label: 'Continue' },
                { action: 'retry', label: 'Retry' },
                { action: 'showLog', label: 'Show Log' },
              ],
            },
          },
        }),
      ),
      { type: 'estimate', estimate },
    ],
  },
} satisfies Readonly<Record<string, Screen>>;
