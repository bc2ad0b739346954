import { prepared } from './prepared';
import type { Variants } from './prepared';
import type { Question } from './question';

const openings: Variants = [
  'Here is a proof, step by step.',
  'A short proof is enough, and every step of it can be checked by hand.',
  'The proof needs nothing beyond school algebra.',
];

const squareRoot = prepared('prove-sqrt2', openings);
const oddNumbers = prepared('prove-odd-sum', openings);
const primes = prepared('prove-primes', openings);
const another = prepared('prove-odd-sum', [
  'This practice server knows three proofs by heart, and yours is not among them. Here is one of the three.',
]);

export function proof({ prose }: Question): Variants {
  if (/irrational|sqrt|√|square root/i.test(prose)) return squareRoot;
  if (/\bodd\b/i.test(prose)) return oddNumbers;
  if (/\bprimes?\b/i.test(prose)) return primes;
  return another;
}
