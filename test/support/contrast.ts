/**
 * The contrast ratio of two colors, as defined by WCAG 2.2.
 *
 * @param text a computed color such as `rgb(1, 2, 3)`, or with an opacity: `rgba(1, 2, 3, 0.5)`
 * @param background a computed color without an opacity
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastRatio(text: string, background: string): number {
  const under = channelsOf(background);
  const [red = 0, green = 0, blue = 0, opacity = 1] = channelsOf(text);
  const over = [red, green, blue].map((part, at) => part * opacity + (under[at] ?? 0) * (1 - opacity));
  const [a, b] = [luminance(over), luminance(under)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Red, green and blue from 0 to 255, and the opacity from 0 to 1 if there is one. */
function channelsOf(color: string): readonly number[] {
  return (color.match(/[\d.]+/g) ?? []).map(Number);
}

function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels
    .map((value) => value / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
