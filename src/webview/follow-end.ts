/**
 * Keeps the end in view, whatever is added and however much room the question takes, unless the user has
 * scrolled away from it. Looks only after each layout, so as not to force one.
 */
export function followEnd(log: HTMLElement, list: HTMLElement): { follow(): void } {
  let following = true;
  let before = 0;

  function toEnd(): void {
    if (!following) return;
    log.scrollTop = log.scrollHeight;
    before = log.scrollTop;
  }

  log.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = log;
    if (scrollHeight - scrollTop - clientHeight < 32) following = true;
    else if (scrollTop < before) following = false;
    before = scrollTop;
  });
  const resized = new ResizeObserver(toEnd);
  resized.observe(log);
  resized.observe(list);
  return {
    follow() {
      following = true;
      toEnd();
    },
  };
}
