/** A count as the interface writes it, such as 25,000. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}
