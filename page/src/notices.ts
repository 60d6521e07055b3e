// Short notes at the edge of the page, for what went wrong or is done.

import { Shared } from "./shared";

const SHOWN_FOR = 6000;
const notices = new Shared<readonly string[]>([]);

export function tell(sentence: string): void {
  notices.set([...notices.get(), sentence]);
  setTimeout(() => notices.set(notices.get().slice(1)), SHOWN_FOR);
}

export function trouble(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error));
}

export const useNotices = () => notices.use();
