const characters = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** The text that the parser has escaped for HTML. */
export function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp|quot);/g, (_, name: keyof typeof characters) => characters[name]);
}
