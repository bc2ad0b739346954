import type { Dialect } from '../dialects/dialect';
import { vLlm } from '../dialects/local';
import { openAiError } from '../dialects/vendors';

type Shape = Pick<Dialect['shape'], 'reasoning' | 'content'>;

function field(name: string): Shape {
  return { reasoning: (text) => ({ [name]: text }) };
}

/** Reasoning within the text: in the first delta of a stream, and at the beginning of a whole answer. */
function inline(write: (reasoning: string) => string): Shape {
  return {
    reasoning: (text) => ({ content: write(text) }),
    content: (text, reasoning) => write(reasoning) + text,
  };
}

const list = (name: string, key: string): Shape => ({
  reasoning: (text) => ({ [name]: [{ type: 'reasoning.text', [key]: text, index: 0 }] }),
});

/** All formats of reasoning. `docs/servers.md` lists the servers that use them. */
export const reasoningFormats: Readonly<Record<string, Shape>> = {
  reasoning_content: field('reasoning_content'),
  reasoning: field('reasoning'),
  'reasoning_content and reasoning with the same text': {
    reasoning: (text) => ({ reasoning: text, reasoning_content: text }),
  },
  'reasoning_details of text': list('reasoning_details', 'text'),
  'reasoning_details that repeat reasoning': {
    reasoning: (text) => ({ reasoning: text, ...list('reasoning_details', 'text').reasoning?.(text) }),
  },
  'content parts of thinking': {
    reasoning: (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
    content: (text, reasoning) => [
      { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] },
      { type: 'text', text },
    ],
  },
  cot_summary: field('cot_summary'),
  reasoning_text: field('reasoning_text'),
  thinking: field('thinking'),
  '<think> tags': inline((text) => `<think>\n${text}\n</think>\n\n`),
  '</think> without its opening tag': inline((text) => `${text}\n</think>\n\n`),
  '[THINK] tags': inline((text) => `[THINK]${text}[/THINK]`),
  'channels of gpt-oss': inline(
    (text) => `<|channel|>analysis<|message|>${text}<|end|><|start|>assistant<|channel|>final<|message|>`,
  ),
};

/** A server that sends reasoning in this format. */
export function serverWithReasoning(shape: Shape): Dialect {
  const { reasoning, ...others } = vLlm.shape;
  return {
    ...vLlm,
    model: 'local/thinker',
    shape: { ...others, ...shape },
    reject: openAiError,
    listModels: () => ({ object: 'list', data: [{ id: 'local/thinker', object: 'model' }] }),
  };
}
