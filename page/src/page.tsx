import "slack-blocks-to-jsx/dist/style.css";
import "@fontsource/lato/400.css";
import "@fontsource/lato/400-italic.css";
import "@fontsource/lato/700.css";
import "./page.css";

import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Announcer } from "./Announcer";
import { Conversation } from "./Conversation";
import { Modals } from "./Modals";
import { useNotices } from "./notices";
import { go, usePlace } from "./places";
import { Sidebar } from "./Sidebar";
import { follow, useWorld } from "./store";
import { Thread } from "./Thread";

function Page() {
  const world = useWorld();
  const place = usePlace();
  const [person, setPerson] = useState(localStorage.getItem("person") ?? "Ana");
  const [showsPlaces, setShowsPlaces] = useState(false);

  useEffect(() => {
    localStorage.setItem("person", person);
    follow(person);
  }, [person]);

  const isReady = world.items.size > 0;
  const channel = isReady ? world.channel(place.channel) : undefined;
  useEffect(() => {
    if (!isReady || channel) return;
    // Who becomes another person in direct messages goes on in that person's own.
    const direct = place.channel.startsWith("D") ? world.direct : undefined;
    const other = direct ?? world.all("channel").find((each) => each.type !== "im");
    if (other) go({ channel: other.id, tab: direct ? place.tab : "messages" }, true);
  });

  useEffect(() => {
    // In one column one or the other is hidden: the keyboard goes along.
    if (showsPlaces) document.querySelector<HTMLElement>(".sidebar [aria-current]")?.focus();
  }, [showsPlaces]);

  if (!isReady || !channel) return <p className="wait">Opening the workspace…</p>;
  return (
    <div className={`page ${showsPlaces ? "places" : ""} ${place.thread ? "threaded" : ""}`}>
      <Sidebar person={person} be={setPerson} leave={() => setShowsPlaces(false)} />
      <Conversation channel={channel} place={place} showPlaces={() => setShowsPlaces(true)} key={channel.id} />
      {place.thread && <Thread channel={channel} place={place} key={place.thread} />}
      <Modals />
      <Announcer />
      <Notices />
    </div>
  );
}

function Notices() {
  const world = useWorld();
  const notices = useNotices();
  return (
    <div className="notices" role="status" aria-live="polite">
      {!world.online && <p>The connection to the server is gone. Is it still running?</p>}
      {notices.map((each, place) => (
        <p key={place}>{each}</p>
      ))}
    </div>
  );
}

createRoot(document.getElementById("page") as HTMLElement).render(<Page />);
