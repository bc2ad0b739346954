/** A section of about 2 KB in the style of o1-mini: prose, lists, a table, code and formulas. */
function section(number: number): string {
  const code = Array.from(
    { length: 14 },
    (_, line) => `    total_${line} = weights[${line}] * samples[${number + line}]  # of sample ${line}`,
  );
  return [
    `## ${number}. What step ${number} shows`,
    `The estimate of step **${number}** follows from what was said of $x_{${number}}$: as long as the step is small, ` +
      `the error grows with \`h\` alone, and *not* with the number of samples, see [the notes](https://example.org/${number}). ` +
      'That is why the next step may be twice as long, and why the sum of all of them stays below the bound.',
    `- It is stable where $|1 + h\\lambda_{${number}}| \\le 1$.\n- It costs one evaluation:\n  - one product,\n  - one sum.\n- It needs no memory.`,
    `$$\n\\sum_{k=1}^{${number}} \\frac{1}{k^2} \\le \\frac{\\pi^2}{6} - \\frac{1}{${number} + 1}\n$$`,
    `| step | error | time |\n| ---: | :---- | ---- |\n| ${number} | ${number / 7} | short |\n| ${number + 1} | ${number / 9} | long |\n| ${number + 2} | ${number / 11} | longer |`,
    `1. First compute the weights of row ${number}.\n2. Then normalise them.\n3. At last add them up, as below.`,
    `\`\`\`python\ndef step_${number}(samples: list[float], weights: list[float]) -> float:\n    """The weighted sum."""\n${code.join('\n')}\n    return total_0 + total_1\n\`\`\``,
    `So \\(y_{${number}} = ${number}\\) holds, which was to be shown.\n\n`,
  ].join('\n\n');
}

/** An answer of prose, lists, tables, code and formulas. */
export function mixedAnswer(kilobytes: number): string {
  return upTo(kilobytes, section);
}

/** An answer of one code block that is not closed. */
export function openFence(kilobytes: number): string {
  const line = (number: number): string =>
    `  const value${number} = compute(${number}, "text of ${number}"); // line ${number}\n`;
  return '```ts\n' + upTo(kilobytes, line);
}

function upTo(kilobytes: number, part: (number: number) => string): string {
  let text = '';
  for (let number = 1; text.length < kilobytes * 1024; number++) text += part(number);
  return text.slice(0, kilobytes * 1024);
}
