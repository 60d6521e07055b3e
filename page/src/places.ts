// Where the reader is: the addresses are those of Slack's messages, so that links to them work.

import { useSyncExternalStore } from "react";

export interface Place {
  channel: string;
  thread: string;
  message: string;
  tab: "home" | "messages";
}

const listeners = new Set<() => void>();
let here = read();

function read(): Place {
  const [, , channel = "", marked = ""] = location.pathname.split("/");
  const query = new URLSearchParams(location.search);
  const message = marked.replace(/^p(\d+)(\d{6})$/, "$1.$2");
  return {
    channel,
    message,
    thread: query.get("thread_ts") ?? "",
    tab: query.get("tab") === "home" ? "home" : "messages",
  };
}

function moved(): void {
  here = read();
  for (const each of listeners) each();
}

addEventListener("popstate", moved);

export function go(place: Partial<Place>, replace = false): void {
  const query = new URLSearchParams();
  if (place.thread) query.set("thread_ts", place.thread);
  if (place.tab === "home") query.set("tab", "home");
  const marked = place.message ? `/p${place.message.replace(".", "")}` : "";
  const address = `/archives/${place.channel ?? ""}${marked}${query.size ? `?${query}` : ""}`;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  moved();
}

/** Follow a link of ours without leaving the page, nor the thread if the link names no other;
 *  false for every other link. */
export function goTo(url: string): boolean {
  const target = new URL(url, location.href);
  if (target.origin !== location.origin || !target.pathname.startsWith("/archives/")) return false;
  const before = here;
  history.pushState(null, "", target.pathname + target.search);
  moved();
  if (!here.thread && here.channel === before.channel) go({ ...here, thread: before.thread }, true);
  return true;
}

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => here,
  );
}
