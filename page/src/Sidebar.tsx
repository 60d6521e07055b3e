// Where one can go, who one is, and how Readout is.

import { useId, useState } from "react";
import { restart } from "./acting";
import { Face } from "./Face";
import { tell, trouble } from "./notices";
import { go, usePlace } from "./places";
import { useUnread } from "./reading";
import { Sign } from "./Sign";
import { useWorld } from "./store";
import { clock, day, useNow } from "./times";
import { turn, useTheme } from "./theme";
import type { Channel, Mode } from "./types";

type Restart = Parameters<typeof restart>[0];

export function Sidebar({ person, be, leave }: { person: string; be: (name: string) => void; leave: () => void }) {
  const world = useWorld();
  const channels = world.all("channel").filter((each) => each.type !== "im");
  const people = world.all("person").filter((each) => !each.bot);
  const direct = world.direct;
  return (
    <aside className="sidebar">
      <header>
        <h1>Readout</h1>
        <p className="faint">A Slack on this machine</p>
      </header>
      <nav aria-label="Channels" onClick={leave}>
        <h2>Channels</h2>
        <ul>
          {channels.map((each) => (
            <Way channel={each} name={each.name} isPrivate={each.type === "group"} key={each.id} />
          ))}
        </ul>
        <h2>Direct messages</h2>
        <ul>{direct && <Way channel={direct} name="Readout" face={world.slack.bot.id} />}</ul>
      </nav>
      <footer>
        <label className="who">
          <span className="faint">You are</span>
          <select
            aria-label="Who you are"
            value={world.name(world.slack.me)}
            onChange={(event) => be(event.target.value)}
          >
            {people.map((each) => (
              <option key={each.id}>{each.name}</option>
            ))}
            {!people.some((each) => each.name === person) && <option>{person}</option>}
          </select>
        </label>
        <Health />
        <Theme />
      </footer>
    </aside>
  );
}

function Way({ channel, name, isPrivate, face }: { channel: Channel; name: string; isPrivate?: boolean; face?: string }) {
  const place = usePlace();
  const isHere = place.channel === channel.id;
  const isUnread = useUnread(channel.id) && !isHere;
  return (
    <li>
      <a
        href={`/archives/${channel.id}`}
        aria-current={isHere ? "page" : undefined}
        aria-label={isUnread ? `${name}, unread` : undefined}
        className={isUnread ? "unread" : ""}
        onClick={(event) => {
          event.preventDefault();
          go({ channel: channel.id });
        }}
      >
        {face ? <Face user={face} small /> : <span className="sign">{isPrivate ? <Sign name="lock" /> : "#"}</span>}
        {name}
      </a>
    </li>
  );
}

function Health() {
  const world = useWorld();
  const [isBusy, setBusy] = useState(false);
  const { modes, mode, restarts } = world.app;
  const anew = async (how: Restart) => {
    setBusy(true);
    try {
      await restart(how);
      tell("Readout was stopped and started again, on the same database.");
    } catch (error) {
      trouble(error);
    } finally {
      setBusy(false);
    }
  };
  const { connected } = world.slack;
  return (
    <div className="health">
      <span className={connected ? "dot good" : "dot"} aria-hidden="true" />
      <span>{connected ? "Listening" : isBusy ? "Restarting…" : "Not listening"}</span>
      {modes.length > 0 && <Modes modes={modes} mode={mode} isBusy={isBusy} choose={(other) => anew({ mode: other })} />}
      {restarts && (
        <button type="button" className="button" disabled={isBusy} onClick={() => anew({})}>
          Restart Readout
        </button>
      )}
      {restarts && <Clock isBusy={isBusy} set={anew} />}
    </div>
  );
}

/** The time that Readout sees. Set forward, it starts Readout again, and what is due by then comes at once. */
function Clock({ isBusy, set }: { isBusy: boolean; set: (how: Restart) => void }) {
  const world = useWorld();
  const now = useNow();
  return (
    <div className="clock" role="group" aria-label="Clock">
      <p className="faint">The clock in this Slack</p>
      <p>
        {day(world, now)}, {clock(world, now)}
      </p>
      <button type="button" className="button" disabled={isBusy} onClick={() => set({ forward: "hour" })}>
        +1 hour
      </button>
      <button type="button" className="button" disabled={isBusy} onClick={() => set({ forward: "morning" })}>
        Next 9:00
      </button>
    </div>
  );
}

function Modes({
  modes,
  mode,
  isBusy,
  choose,
}: {
  modes: Mode[];
  mode: string;
  isBusy: boolean;
  choose: (mode: string) => void;
}) {
  const about = useId();
  const refused = modes.filter((each) => each.refused);
  return (
    <div className="modes">
      <label>
        <span className="faint">Writes with</span>
        <select value={mode} disabled={isBusy} aria-describedby={about} onChange={(event) => choose(event.target.value)}>
          {modes.map((each) => (
            <option value={each.name} disabled={Boolean(each.refused)} key={each.name}>
              {each.label}
            </option>
          ))}
        </select>
      </label>
      <p className="faint" id={about}>
        {modes.find((each) => each.name === mode)?.told}
      </p>
      {refused.map((each) => (
        <p className="faint" key={each.name}>
          {each.refused}
        </p>
      ))}
    </div>
  );
}

function Theme() {
  const theme = useTheme();
  return (
    <button type="button" className="plain theme" onClick={turn}>
      <Sign name={theme === "dark" ? "light" : "dark"} /> {theme === "dark" ? "Light" : "Dark"}
    </button>
  );
}
