// One message: who, when, what it shows, and what can be done with it.

import { memo, useCallback, useEffect, useRef, useState } from "react";
import { act } from "./acting";
import { Blocks, Mrkdwn } from "./Blocks";
import { Face } from "./Face";
import { tell, trouble } from "./notices";
import { go } from "./places";
import { rove } from "./roving";
import { Sign } from "./Sign";
import { useWorld } from "./store";
import { clock, day } from "./times";
import type { Message, SlackFile } from "./types";

const LONG = 1200;

interface Props {
  item: Message;
  /** In the channel there are the replies to go to, in the thread there are none. */
  inThread?: boolean;
  isTarget: boolean;
  /** Whether the Tab key stops here; from here the arrow keys lead to the others of the list. */
  isStop: boolean;
}

export const MessageRow = memo(function MessageRow({ item, inThread, isTarget, isStop }: Props) {
  const world = useWorld();
  const { message } = item;
  const [isEdited, setEdited] = useState(false);
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const isTall = (row.current?.offsetHeight ?? 0) > innerHeight / 2;
    if (isTarget) row.current?.scrollIntoView({ block: isTall ? "start" : "center" });
  }, [isTarget]);
  const stop = { tabIndex: isStop ? 0 : -1, "data-ts": message.ts, onKeyDown: step };
  if (message.subtype === "tombstone") {
    return (
      <article {...stop} className="message gone" aria-label="A deleted message">
        <div className="body">
          <p className="faint">{message.text}</p>
          {!inThread && <Replies item={item} />}
        </div>
      </article>
    );
  }
  return (
    <article
      ref={row}
      data-mine={message.user === world.slack.me || Boolean(item.seen_by) || undefined}
      className={`message ${item.seen_by ? "private" : ""} ${isTarget ? "target" : ""}`}
      aria-label={`${world.name(message.user)}, ${clock(world, message.ts)}`}
      {...stop}
    >
      <Face user={message.user} />
      <div className="body">
        {item.seen_by && <p className="faint">Only visible to you</p>}
        <p className="head">
          <strong>{world.name(message.user)}</strong>
          {(item.by_app || message.user === "USLACKBOT") && <span className="tag">APP</span>}
          <time dateTime={new Date(Number(message.ts) * 1000).toISOString()}>{clock(world, message.ts)}</time>
        </p>
        {isEdited ? <Editor item={item} done={() => setEdited(false)} /> : <Content item={item} isTarget={isTarget} />}
        {message.files?.map((each) => <FileCard file={each} key={each.id} />)}
        {message.attachments?.map((each, place) => (
          <p className="attachment" key={place}>
            {each.title ?? each.fallback}
          </p>
        ))}
        {message.reactions && (
          <p className="reactions">
            {message.reactions.map((each) => (
              <span key={each.name}>
                <Mrkdwn text={`:${each.name}:`} /> {each.count}
              </span>
            ))}
          </p>
        )}
        {item.streaming && <Stop item={item} />}
        {!inThread && <Replies item={item} />}
      </div>
      <Tools item={item} inThread={inThread} edit={() => setEdited(true)} />
    </article>
  );
});

/** The day of a message, where the one above it in the list is of another day. */
export function DayBegun({ message, above }: { message: Message; above?: Message }) {
  const world = useWorld();
  const begun = day(world, message.message.ts);
  if (!above || day(world, above.message.ts) === begun) return null;
  return <p className="day faint">{begun}</p>;
}

/** Go from a message to the one above or below in the same list. */
function step(event: React.KeyboardEvent<HTMLElement>) {
  const row = event.currentTarget;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.target !== row) return;
  event.preventDefault();
  const rows = [...(row.closest("[role=feed]")?.querySelectorAll<HTMLElement>("article") ?? [])];
  rows[rows.indexOf(row) + by]?.focus();
}

function Content({ item, isTarget }: { item: Message; isTarget: boolean }) {
  const world = useWorld();
  const { message } = item;
  const [isOpen, setOpen] = useState(false);
  const person = world.slack.me;
  const use = useCallback(
    (control: string, choice: string) =>
      act("click", { person, ts: message.ts, control, choice }).catch(trouble),
    [person, message.ts],
  );
  const isLong = !item.by_app && message.text.length > LONG && !isOpen && !isTarget;
  return (
    <>
      <div className={isLong ? "cut" : ""}>
        {message.blocks?.length ? (
          <Blocks blocks={message.blocks} use={use} />
        ) : (
          message.text && <Mrkdwn text={message.text} />
        )}
        {message.edited && <span className="faint"> (edited)</span>}
      </div>
      {isLong && (
        <button type="button" className="link" onClick={() => setOpen(true)}>
          Show all
        </button>
      )}
    </>
  );
}

function FileCard({ file }: { file: SlackFile }) {
  return (
    <a className="file" href={`/page/file/${file.id}`} download={file.name}>
      <Sign name="file" />
      <span>
        <strong>{file.name}</strong>
        <span className="faint">
          {file.pretty_type} · {Math.max(1, Math.round(file.size / 1024))} KB
        </span>
      </span>
    </a>
  );
}

function Stop({ item }: { item: Message }) {
  const world = useWorld();
  return (
    <button
      type="button"
      className="button"
      onClick={() => act("stop", { person: world.slack.me, ts: item.message.ts }).catch(trouble)}
    >
      <Sign name="stop" /> Stop
    </button>
  );
}

function Replies({ item }: { item: Message }) {
  const world = useWorld();
  const { message, channel } = item;
  const status = world.noted("status", channel, item.root);
  if (!message.reply_count && !status) return null;
  return (
    <button type="button" className="replies" onClick={() => go({ channel, thread: item.root })}>
      {message.reply_count ? (
        <>
          <strong>{message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`}</strong>
          {message.latest_reply && <span className="faint"> Last at {clock(world, message.latest_reply)}</span>}
        </>
      ) : null}
      {status && <span className="faint working"> {world.name(world.slack.bot.id)} {status.text}</span>}
    </button>
  );
}

function Tools({ item, inThread, edit }: { item: Message; inThread?: boolean; edit: () => void }) {
  const world = useWorld();
  const { message, channel } = item;
  const person = world.slack.me;
  const copy = async () => {
    const address = (await act("permalink", { ts: message.ts })) as string;
    await navigator.clipboard.writeText(address);
    tell("The link is copied.");
  };
  if (item.seen_by) return null;
  return (
    <div
      className="tools"
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={(event) => rove(event, "button")}
    >
      {!inThread && (
        <button type="button" title="Reply in thread" onClick={() => go({ channel, thread: item.root })}>
          <Sign name="reply" />
          <span className="said">Reply in thread</span>
        </button>
      )}
      {world.app.shortcuts
        .filter((each) => each.type === "message")
        .map((each) => (
          <button
            type="button"
            key={each.callback_id}
            title={each.name}
            onClick={() => act("shortcut", { person, ts: message.ts, callback_id: each.callback_id }).catch(trouble)}
          >
            <Sign name="shortcut" /> {each.name}
          </button>
        ))}
      <button type="button" title="Copy link" onClick={() => copy().catch(trouble)}>
        <Sign name="link" />
        <span className="said">Copy link</span>
      </button>
      {message.user === person && (
        <>
          <button type="button" title="Edit" onClick={edit}>
            <Sign name="edit" />
            <span className="said">Edit</span>
          </button>
          <button type="button" title="Delete" onClick={() => act("delete", { ts: message.ts }).catch(trouble)}>
            <Sign name="delete" />
            <span className="said">Delete</span>
          </button>
        </>
      )}
    </div>
  );
}

function Editor({ item, done }: { item: Message; done: () => void }) {
  const world = useWorld();
  const [text, setText] = useState(() => typed(item.message.text, world.slack.bot));
  const save = () => {
    act("edit", { ts: item.message.ts, text }).catch(trouble);
    done();
  };
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        aria-label="Edit the message"
        autoFocus
        rows={Math.min(12, text.split("\n").length + 1)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") done();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
      />
      <button type="button" className="button" onClick={done}>
        Cancel
      </button>
      <button type="submit" className="button primary">
        Save
      </button>
    </form>
  );
}

/** What somebody would type to write that text. */
function typed(text: string, bot: { id: string; name: string }): string {
  return text
    .replaceAll(`<@${bot.id}>`, `@${bot.name}`)
    .replace(/<(https?:[^|>]+)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
