// The thread beside the channel: its messages, what Readout is doing, and a place to write.

import { Fragment, useEffect, useRef, useState } from "react";
import { Composer } from "./Composer";
import { News, useAtTheEnd, useStop } from "./Conversation";
import { DayBegun, MessageRow } from "./MessageRow";
import { go, type Place } from "./places";
import { Sign } from "./Sign";
import { useWorld, type World } from "./store";
import { useNow } from "./times";
import type { Channel, Message, Prompt, Status } from "./types";

const STATUS_SECONDS = 120;

export function Thread({ channel, place }: { channel: Channel; place: Place }) {
  const world = useWorld();
  const [draft, setDraft] = useState("");
  const messages = world.messages(channel.id).filter((each) => each.root === place.thread);
  const status = world.noted("status", channel.id, place.thread);
  const title = world.noted("session", channel.id, place.thread)?.title || world.noted("title", channel.id, place.thread)?.text;
  // They lead on from what Readout said last.
  const last = messages[messages.length - 1];
  const suggested = last?.by_app ? suggestions(world, channel.id, messages) : [];
  const close = () => go({ channel: channel.id });
  const list = useRef<HTMLDivElement>(null);
  const news = useAtTheEnd(list);
  const { stop, follow } = useStop(messages);
  // Where the keyboard was goes on when the thread is closed.
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(() => () => opener?.focus(), [opener]);
  return (
    <section
      className="thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <header className="bar">
        <h2>Thread</h2>
        <span className="faint">{title ?? (channel.type === "im" ? "Readout" : `#${channel.name}`)}</span>
        <button type="button" className="plain" aria-label="Close the thread" onClick={close}>
          <Sign name="close" />
        </button>
      </header>
      <div className="messages" ref={list} tabIndex={0} role="feed" aria-label="Messages of the thread" onFocus={follow}>
        <div>
          {messages.map((each, number) => (
            <Fragment key={each.message.ts}>
              <DayBegun message={each} above={messages[number - 1]} />
              <MessageRow
                item={each}
                inThread
                isTarget={each.message.ts === place.message}
                isStop={each.message.ts === stop}
              />
            </Fragment>
          ))}
          {messages.length === 0 && <p className="faint">The messages of this thread were deleted.</p>}
          {status && <Working status={status} />}
        </div>
      </div>
      <News news={news} what="New reply" />
      {suggested.length > 0 && (
        <div className="row next" role="group" aria-label="Suggested replies">
          {suggested.map((each) => (
            <button type="button" className="button" key={each.title} onClick={() => setDraft(each.message)}>
              {each.title}
            </button>
          ))}
        </div>
      )}
      {messages.length > 0 && <Composer channel={channel} thread={place.thread} text={draft} write={setDraft} />}
    </section>
  );
}

/** What may be said next: as the app says, or with the recorded model what that can be asked. */
function suggestions(world: World, channel: string, messages: Message[]): Prompt[] {
  const first = messages[0]?.message;
  const given = world.noted("prompts", channel, first?.ts ?? "")?.prompts ?? [];
  const { sample = "", questions = [] } = world.app.about;
  const [title = ""] = sample.split("\n");
  if (world.app.mode !== "recorded" || !first?.text.includes(title)) return given;
  const asked = messages.map((each) => each.message.text);
  return questions.filter((each) => !asked.includes(each)).map((each) => ({ title: each, message: each }));
}

function Working({ status }: { status: Status }) {
  const world = useWorld();
  const now = useNow();
  if (now - status.at > STATUS_SECONDS) return null;
  const turns = Math.floor((now - status.at) / 4) % Math.max(1, status.loading.length);
  return (
    <p className="working" role="status">
      <span className="dots" aria-hidden="true" />
      {status.loading[turns] ?? `${world.name(world.slack.bot.id)} ${status.text}`}
    </p>
  );
}
