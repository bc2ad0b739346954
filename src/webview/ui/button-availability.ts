/** A button that can do nothing now keeps the focus, unlike a disabled one, and says why. */
export function setAvailable(button: HTMLButtonElement, available: boolean, otherwise?: string): void {
  button.setAttribute('aria-disabled', String(!available));
  const label = button.getAttribute('aria-label') ?? '';
  button.title = available ? label : (otherwise ?? label);
}

export function isAvailable(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-disabled') !== 'true';
}
