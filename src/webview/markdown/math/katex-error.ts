/** The message of an error. The full message of KaTeX repeats the source, which is shown beside it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'rawMessage' in error ? String(error.rawMessage) : error.message;
}
