// Where the reader is: the addresses are those of Slack's messages, so that links to them work.

import { Shared } from "./shared";

export interface Place {
  channel: string;
  thread: string;
  message: string;
  tab: "home" | "messages";
}

const here = new Shared(read());

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
  here.set(read());
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
  const before = here.get();
  history.pushState(null, "", target.pathname + target.search);
  moved();
  const now = here.get();
  if (!now.thread && now.channel === before.channel) go({ ...now, thread: before.thread }, true);
  return true;
}

export const usePlace = () => here.use();
