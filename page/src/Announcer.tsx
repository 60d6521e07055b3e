// What is new, said in a sentence to those who listen to the page: the text that Slack's own
// notifications have.

import { useEffect, useState } from "react";
import { useWorld } from "./store";

const BACK = 5; // seconds: what is older than that was there when the page was opened

export function Announcer() {
  const world = useWorld();
  const [since] = useState(() => Date.now() / 1000 + world.slack.ahead - BACK);
  const [said, setSaid] = useState("");
  const last = world
    .all("message")
    .filter((each) => each.message.user !== world.slack.me && Number(each.message.ts) > since)
    .sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1))
    .at(-1)?.message;
  const words = last?.text || last?.files?.map((each) => each.name).join(", ");
  const sentence = last ? `${world.name(last.user)}: ${words}` : "";
  useEffect(() => setSaid(sentence), [sentence]);
  return (
    <p className="said" aria-live="polite">
      {said}
    </p>
  );
}
