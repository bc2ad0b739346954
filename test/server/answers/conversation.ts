import type { Variants } from './prepared';
import type { Question } from './question';

/** Lists the earlier questions, which shows that earlier turns were sent. */
export function recall(earlier: readonly Question[]): Variants {
  const last = earlier.at(-1);
  if (!last) return ['This is the first question of the conversation; nothing came before it.'];
  if (earlier.length === 1) return [`Before this you asked one question:\n\n> ${last.gist}`];
  const list = earlier.map(({ gist }, index) => `${index + 1}. ${gist}`).join('\n');
  return [
    `Before this you asked ${earlier.length} questions:\n\n${list}\n\nThe last of them was:\n\n> ${last.gist}`,
  ];
}

/** The answer to any other question, which explains that there is no model. */
export function plain({ gist }: Question, earlier: readonly Question[]): Variants {
  const last = earlier.at(-1);
  const before = last ? `Before that you asked:\n\n> ${last.gist}\n\n` : '';
  return greetings.map((greeting) => `${greeting}\n\n> ${gist}\n\n${before}${suggestions}`) as [
    string,
    ...string[],
  ];
}

const greetings: Variants = [
  'This is the **local practice server**. There is no model behind it, only a handful of prepared answers, and none of them fits what you asked:',
  'You have reached the **local practice server**, which is no model: it knows a few answers by heart. It read your question and has no text for it:',
];

const suggestions = `It has something to say if you

- select the code of \`orbits.py\`, \`graph.ts\` or \`ring.c\` and ask to **explain** it,
- ask it to **prove** that the square root of 2 is irrational, or that the first $n$ odd numbers add up to $n^2$,
- ask it to **write a function**, in the language of the file that you attach.`;
