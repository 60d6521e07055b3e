// A channel, or the direct messages with Readout: its messages and a place to write.

import { Fragment, useEffect, useLayoutEffect, useRef, useState } from "react";
import { act } from "./acting";
import { Composer } from "./Composer";
import { Face } from "./Face";
import { Home } from "./Home";
import { DayBegun, MessageRow } from "./MessageRow";
import { trouble } from "./notices";
import { go, type Place } from "./places";
import { useSeen } from "./reading";
import { rove } from "./roving";
import { Sign } from "./Sign";
import { useWorld } from "./store";
import type { Channel, Message } from "./types";

interface Props {
  channel: Channel;
  place: Place;
  showPlaces: () => void;
}

export function Conversation({ channel, place, showPlaces }: Props) {
  const world = useWorld();
  const isDirect = channel.type === "im";
  const isHome = isDirect && place.tab === "home";
  const name = isDirect ? "Readout" : channel.name;
  useEffect(() => {
    document.title = isDirect ? "Readout" : `#${channel.name}`;
    if (isDirect) act("open_home", { person: world.slack.me, tab: place.tab }).catch(trouble);
  }, [channel.id, place.tab]);
  return (
    <main className="conversation">
      <header className="bar">
        <button type="button" className="plain ways" aria-label="Channels" onClick={showPlaces}>
          <Sign name="ways" />
        </button>
        <h2>
          {isDirect ? <Face user={world.slack.bot.id} small /> : <span className="sign">#</span>}
          {name}
        </h2>
        {isDirect && <Tabs channel={channel} tab={place.tab} />}
      </header>
      {isHome ? <Home /> : <Messages channel={channel} place={place} />}
    </main>
  );
}

function Tabs({ channel, tab }: { channel: Channel; tab: Place["tab"] }) {
  return (
    <div
      className="tabs"
      role="tablist"
      onKeyDown={(event) => rove(event, "[role=tab]") && (document.activeElement as HTMLElement).click()}
    >
      {(["messages", "home"] as const).map((each) => (
        <button
          type="button"
          role="tab"
          aria-selected={tab === each}
          tabIndex={tab === each ? 0 : -1}
          key={each}
          onClick={() => go({ channel: channel.id, tab: each })}
        >
          {each === "home" ? "Home" : "Messages"}
        </button>
      ))}
    </div>
  );
}

function Messages({ channel, place }: { channel: Channel; place: Place }) {
  const world = useWorld();
  const [draft, setDraft] = useState("");
  const roots = world.messages(channel.id).filter((each) => each.root === each.message.ts);
  const list = useRef<HTMLDivElement>(null);
  const news = useAtTheEnd(list);
  const { stop, follow } = useStop(roots);
  useSeen(channel.id);
  return (
    <>
      <div className="messages" ref={list} tabIndex={0} role="feed" aria-label="Messages" onFocus={follow}>
        <div>
          <Welcome channel={channel} write={setDraft} isEmpty={roots.length === 0} />
          {roots.map((each, number) => (
            <Fragment key={each.message.ts}>
              <DayBegun message={each} above={roots[number - 1]} />
              <MessageRow
                item={each}
                isTarget={each.message.ts === place.message}
                isStop={each.message.ts === stop}
              />
            </Fragment>
          ))}
        </div>
      </div>
      <News news={news} what="New message" />
      {channel.has_bot || channel.type === "im" ? null : (
        <p className="absent">
          Readout is not in this channel.
          <button type="button" className="button" onClick={() => act("invite_bot", { channel: channel.id }).catch(trouble)}>
            Add it
          </button>
        </p>
      )}
      <Composer channel={channel} text={draft} write={setDraft} />
    </>
  );
}

/** The message of a list that the Tab key stops at: where the focus was last, else the newest.
 *  ``follow`` is told of every focus in the list. */
export function useStop(messages: Message[]) {
  const [last, setLast] = useState<string>();
  const follow = (event: React.FocusEvent<HTMLElement>) => {
    const row = event.target.closest<HTMLElement>("article");
    if (row) setLast(row.dataset.ts);
  };
  const stop = messages.find((each) => each.message.ts === last) ?? messages.at(-1);
  return { stop: stop?.message.ts, follow };
}

/** Stay at the newest message, at its top where it is or grows taller than the list, unless the reader has
 *  scrolled up. What one has written oneself is always gone to; what others write then is told of:
 *  it comes back as the way there. */
export function useAtTheEnd(list: React.RefObject<HTMLElement | null>): (() => void) | undefined {
  const [news, setNews] = useState<() => void>();
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    let [isAtEnd, known, wasTall] = [true, -1, false];
    // The message whose top is at the top of the list, and stays there while it grows.
    let begun: HTMLElement | undefined;
    const topOf = (message: HTMLElement) => message.offsetTop - box.offsetTop;
    const go = (message: HTMLElement | undefined) => {
      box.scrollTop = box.scrollHeight;
      begun = message && message.offsetHeight > box.clientHeight ? message : undefined;
      if (begun) box.scrollTop = topOf(begun);
      setNews(undefined);
    };
    const look = () => {
      isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
      if (isAtEnd) setNews(undefined);
      if (begun && Math.abs(box.scrollTop - topOf(begun)) > 2) begun = undefined;
    };
    const follow = () => {
      const messages = [...box.querySelectorAll<HTMLElement>("article")];
      const added = known < 0 ? [] : messages.slice(known);
      const last = messages.at(-1);
      const isTall = (last?.offsetHeight ?? 0) > box.clientHeight;
      const isRead = begun !== undefined && begun === last;
      const isNew = known < messages.length || (isTall && !wasTall) || isRead;
      [known, wasTall] = [messages.length, isTall];
      if (isAtEnd || isRead || added.some((each) => each.dataset.mine)) {
        go(isNew ? last : undefined);
      } else if (added.length) {
        const first = added[0];
        const read = () => {
          first?.scrollIntoView({ block: "start" });
          first?.focus({ preventScroll: true });
          setNews(undefined);
        };
        setNews((unread) => unread ?? read);
      }
    };
    const grown = new ResizeObserver(follow);
    grown.observe(box);
    grown.observe(box.firstElementChild ?? box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [list]);
  return news;
}

/** The way to what has come while the reader was further up. */
export function News({ news, what }: { news?: () => void; what: string }) {
  if (!news) return null;
  return (
    <div className="news">
      <button type="button" className="button primary" onClick={news}>
        {what} <Sign name="down" />
      </button>
    </div>
  );
}

function Welcome({ channel, write, isEmpty }: { channel: Channel; write: (text: string) => void; isEmpty: boolean }) {
  const world = useWorld();
  const { about, prompts, commands } = world.app;
  const bot = world.slack.bot.name;
  if (channel.type === "im") {
    const shown = world.noted("prompts", channel.id, "")?.prompts ?? prompts;
    return (
      <section className="welcome">
        <Face user={world.slack.bot.id} />
        <p>
          Here you talk to Readout alone. Send it a link, a text or a file, then ask in the thread.
          {isEmpty && " Try one of these:"}
        </p>
        <div className="row">
          {shown.map((each) => (
            <button type="button" className="button" key={each.title} onClick={() => write(each.message)}>
              {each.title}
            </button>
          ))}
        </div>
      </section>
    );
  }
  return (
    <section className="welcome">
      <h3>#{channel.name}</h3>
      <p>
        Everything here runs on this machine: a simulated Slack with the real Readout in it. Mention it
        with an article, read the reply in the thread, and ask there what else you want to know.
      </p>
      {channel.has_bot && (
        <div className="row">
          {about.sample && (
            <button type="button" className="button" onClick={() => write(`@${bot} brief this\n\n${about.sample}`)}>
              Mention it with a sample article
            </button>
          )}
          {commands.map((each) => (
            <button type="button" className="button" key={each.command} onClick={() => write(`${each.command} `)}>
              Type {each.command}
            </button>
          ))}
        </div>
      )}
      {about.feeds && (
        <>
          <p>
            The story goes on every morning when you set the clock forward. Ben posts the new articles in
            #foreign-desk, and there are two feeds to give to <code>/brief digest</code>:
          </p>
          <pre>{about.feeds.map((each) => `${location.origin}/${each}`).join("\n")}</pre>
          <p>
            Each article is a page too. On 9 April, mention Readout with{" "}
            <code>{`${location.origin}/${about.page}`}</code> and press Remind.
          </p>
        </>
      )}
    </section>
  );
}
