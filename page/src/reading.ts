// Up to where this reader has seen each channel, kept in the browser.

import { useEffect } from "react";
import { useWorld, type World } from "./store";

function seen(world: World, channel: string): string {
  return localStorage.getItem(`seen ${world.slack.me} ${channel}`) ?? "";
}

function newest(world: World, channel: string): string {
  const others = world.messages(channel).filter((each) => each.message.user !== world.slack.me);
  return others.at(-1)?.message.ts ?? "";
}

export function useUnread(channel: string): boolean {
  const world = useWorld();
  return newest(world, channel) > seen(world, channel);
}

/** While a channel is open all in it counts as seen. */
export function useSeen(channel: string): void {
  const world = useWorld();
  const last = newest(world, channel);
  useEffect(() => {
    if (last) localStorage.setItem(`seen ${world.slack.me} ${channel}`, last);
  }, [last, channel, world.slack.me]);
}
