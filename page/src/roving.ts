// Among things that stand side by side the arrow keys move the focus; Tab leaves them all.

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Move the focus among the elements of that kind in the one that heard the key; false for a key
 *  that moves nothing. */
export function rove(event: React.KeyboardEvent<HTMLElement>, kind: string): boolean {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(kind)];
  const here = items.indexOf(document.activeElement as HTMLElement);
  const step = STEPS[event.key];
  const next = step ? (here + step + items.length) % items.length : { Home: 0, End: items.length - 1 }[event.key];
  if (here < 0 || next === undefined) return false;
  event.preventDefault();
  event.stopPropagation();
  items[next]?.focus();
  return true;
}
