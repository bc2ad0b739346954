import type { Message } from '../chat-request';
import { code } from './code';
import { continuation } from './continuation';
import { plain, recall } from './conversation';
import { explanation } from './explanations';
import type { Variants } from './prepared';
import { proof } from './proofs';
import { questions, readQuestion } from './question';
import type { Question } from './question';

/** All variants of the answer to the last question of a conversation. */
export function answers(messages: readonly Message[]): Variants {
  const allQuestions = questions(messages);
  const question = allQuestions.at(-1) ?? readQuestion('');
  return continuation(messages, answers) ?? answer(question, allQuestions.slice(0, -1));
}

const requestPatterns = {
  recall: /\bwhat did i (just )?ask|\bprevious question|\bearlier question/i,
  explanation: /\bexplain|\bwhat does\b|\bhow does\b|\breview\b/i,
  proof: /\bprove\b|\bproof\b/i,
  code: /\b(re)?write\b|\binsert\b|\bimplement|\bgenerate\b|\badd (a|an|the|some)\b|\bcomplete\b/i,
};

/** The last paragraph decides first, because instructions may precede the question. */
function answer(question: Question, earlier: readonly Question[]): Variants {
  const scopes = [question.gist, question.prose];
  for (const prose of scopes) {
    if (requestPatterns.recall.test(prose)) return recall(earlier);
    const explained = requestPatterns.explanation.test(prose) ? explanation(question) : undefined;
    if (explained) return explained;
    if (requestPatterns.proof.test(prose)) return proof(question);
    if (requestPatterns.code.test(prose)) return code(question);
  }
  return explanation(question) ?? plain(question, earlier);
}
