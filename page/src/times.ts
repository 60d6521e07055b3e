// The time in this Slack, as its people read it.

import { useEffect, useState } from "react";
import { useWorld, type World } from "./store";

export function clock(world: World, ts: string | number): string {
  return told(world, ts, { hour: "numeric", minute: "2-digit" });
}

export function day(world: World, ts: string | number): string {
  return told(world, ts, { weekday: "long", day: "numeric", month: "long" });
}

function told(world: World, ts: string | number, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat([], { ...format, timeZone: world.slack.zone }).format(Number(ts) * 1000);
}

/** Now, in seconds since 1970. */
export function useNow(): number {
  const [here, setHere] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), 2000);
    return () => clearInterval(timer);
  }, []);
  return here / 1000 + useWorld().slack.ahead;
}
