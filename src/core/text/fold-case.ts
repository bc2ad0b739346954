/**
 * The text as it is compared in a search that ignores case, with composed accents. Turkish has an i with and one without
 * a dot.
 */
export function foldCase(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('i\u0307', 'i');
}
