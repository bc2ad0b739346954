import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { FormatError } from '../parse-stored-data';
import { createYielder } from '../time-slices';

/** Bytes that are parsed before other work of the extension host runs. */
const CHUNK_BYTES = 32 * 1024;
/**
 * Values that are nested deeper are read as null, because each level costs memory. The parts of a chat that are read
 * are not nested that deeply, but results of tools in the chat may be.
 */
const MAX_DEPTH = 1000;
/**
 * Members of an object that are read. Only images of VS Code chats before 2025 have more: a member for each of their
 * bytes. Images are not imported.
 */
const MAX_MEMBERS = 100_000;
/** Tokens of one element: about 40 MB of memory. */
const MAX_TOKENS = 2_000_000;

/** Converts an element of an array, with its index, to the value that is kept. */
export type ElementReader = (element: unknown, index: number) => unknown;

/**
 * Parses JSON in slices: at once, 50 MB would hold up everything else in the extension host. Elements of the arrays
 * that `readers` names, such as `$.requests.*`, are replaced by the results of their readers as soon as they are
 * read, so that a large file is never in memory as a whole.
 *
 * @param bytes UTF-8, with or without a byte order mark
 * @throws FormatError where it is not JSON, or has an element with too many parts
 */
export async function readJson(
  bytes: Uint8Array,
  readers: Readonly<Record<string, ElementReader>> = {},
): Promise<unknown> {
  const tokenizer = new Tokenizer();
  const parser = new TokenParser({ paths: ['$', ...Object.keys(readers)] });
  let whole: { readonly value: unknown } | undefined;
  let failed: FormatError | undefined;
  let [depth, tokens] = [0, 0];

  const isLeftOut = createMemberFilter();

  tokenizer.onToken = (info) => {
    const isOpening = info.token === TokenType.LEFT_BRACE || info.token === TokenType.LEFT_BRACKET;
    if (isOpening) depth++;
    if (depth <= MAX_DEPTH) {
      if (!isLeftOut(info.token, depth)) {
        if (++tokens > MAX_TOKENS) throw new FormatError(lineOf(bytes, info.offset));
        parser.write(info);
      }
    } else if (isOpening && depth === MAX_DEPTH + 1 && !isLeftOut(TokenType.NULL, MAX_DEPTH)) {
      parser.write({ token: TokenType.NULL, value: null });
    }
    if (info.token === TokenType.RIGHT_BRACE || info.token === TokenType.RIGHT_BRACKET) depth--;
  };
  parser.onError = (error) => tokenizer.error(error);
  parser.onValue = ({ value, key, parent, stack }) => {
    if (stack.length === 0) whole = { value };
    if (!Array.isArray(parent) || typeof key !== 'number') return;
    const read = readers[['$', ...stack.slice(1).map((level) => level.key), '*'].join('.')];
    if (!read) return;
    tokens = 0;
    parent[key] = read(value, key) as null;
  };
  tokenizer.onError = (error) => {
    if (error instanceof FormatError) failed ??= error;
    failed ??= new FormatError(
      lineOf(bytes, Number(/position "(\d+)"/.exec(error.message)?.[1] ?? bytes.length)),
    );
  };

  const yieldIfDue = createYielder();
  for (let at = 0; at < bytes.length && !failed; at += CHUNK_BYTES) {
    tokenizer.write(bytes.subarray(at, at + CHUNK_BYTES));
    await yieldIfDue();
  }
  if (!failed) tokenizer.end();
  if (!failed && !parser.isEnded) parser.end();
  if (failed) throw failed;
  if (!whole) throw new FormatError('');
  return whole.value;
}

/** Returns whether a token belongs to a member that is left out, for each token in order. */
function createMemberFilter(): (token: TokenType, depth: number) => boolean {
  const members = new Uint32Array(MAX_DEPTH + 1);
  /** The depth of the object whose other members are left out. */
  let fullDepth: number | undefined;
  return (token, depth) => {
    if (fullDepth === depth && token === TokenType.RIGHT_BRACE) fullDepth = undefined;
    if (fullDepth !== undefined) return true;
    const read = members[depth] ?? 0;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) members[depth] = 0;
    if (token === TokenType.COLON) members[depth] = read + 1;
    if (token === TokenType.COMMA && read >= MAX_MEMBERS) fullDepth = depth;
    return fullDepth !== undefined;
  };
}

function lineOf(bytes: Uint8Array, offset: number): string {
  const before = bytes.subarray(0, offset);
  let line = 1;
  for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) line++;
  return `line ${line}`;
}
