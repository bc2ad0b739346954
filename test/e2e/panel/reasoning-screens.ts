import type { PanelPage } from '../../support/panel-page';
import { details } from './screen-content';
import type { Screen } from './screens';
import { choice, running, snapshot, turn } from './views';

export const reasoningScreens = {
  reasoning: {
    messages: [
      snapshot(
        turn('a', {
          status: running('thinking'),
          choices: [
            choice('', {
              reasoning:
                '**Counting the rings**\n\nEach ring has as many segments as it is far from the center, so the *last* one has twelve.',
            }),
          ],
        }),
      ),
    ],
  },
  'reasoning-open': {
    messages: [
      snapshot(
        turn('a', {
          choices: [
            choice('It is twelve.', {
              reasoning:
                '**Counting the rings**\n\nEach ring has $n$ segments:\n\n```py\nsum(range(1, n))\n```\n\n- so the *last* one has `12`\n- and [the sum](https://a.example) is 78',
            }),
          ],
          details,
        }),
        turn('b', {
          choices: [choice('', { reasoning: 'The whole answer is here.' })],
          status: {
            kind: 'done',
            notice: { text: 'The service returned reasoning, but no answer.', buttons: [] },
          },
        }),
      ),
    ],
    act: ({ page }: PanelPage) => page.locator('summary:visible', { hasText: 'Reasoning' }).first().click(),
  },
} as const satisfies Readonly<Record<string, Screen>>;
