// Short notes at the edge of the page, for what went wrong or is done.

import { useSyncExternalStore } from "react";

const SHOWN_FOR = 6000;

let notices: readonly string[] = [];
const listeners = new Set<() => void>();

function become(next: readonly string[]): void {
  notices = next;
  for (const each of listeners) each();
}

export function tell(sentence: string): void {
  become([...notices, sentence]);
  setTimeout(() => become(notices.slice(1)), SHOWN_FOR);
}

export function trouble(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error));
}

export function useNotices(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
}
