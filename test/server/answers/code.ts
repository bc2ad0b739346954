import { prepared } from './prepared';
import type { Variants } from './prepared';
import type { Question } from './question';

const openings: Variants = [
  'Here is a function that fits in as it stands.',
  'This one stands on its own and can be inserted as it is.',
];

const python = prepared('code-python', openings);
const typescript = prepared('code-typescript', openings);
const javascript = prepared('code-javascript', openings);
const c = prepared('code-c', openings);

const byLanguage: ReadonlyMap<string, Variants> = new Map([
  ...['python', 'py', 'python3'].map((name) => [name, python] as const),
  ...['typescript', 'ts', 'tsx', 'typescriptreact'].map((name) => [name, typescript] as const),
  ...['javascript', 'js', 'jsx', 'javascriptreact'].map((name) => [name, javascript] as const),
  ...['c', 'h', 'cpp', 'c++'].map((name) => [name, c] as const),
]);

/** Code in the language of the attached code, or in Python. */
export function code({ language = 'python' }: Question): Variants {
  return byLanguage.get(language) ?? python;
}
