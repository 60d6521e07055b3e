// Where one writes: mentions, commands, files; Enter sends, Shift+Enter begins a line.

import { useEffect, useId, useRef, useState } from "react";
import { act, attached } from "./acting";
import { tell, trouble } from "./notices";
import { go } from "./places";
import { Sign } from "./Sign";
import { useWorld } from "./store";
import type { Channel } from "./types";

const TO_A_FILE = 12000;

interface Props {
  channel: Channel;
  thread?: string;
  text: string;
  write: (text: string) => void;
}

interface Offer {
  insert: string;
  told: string;
}

export function Composer({ channel, thread, text, write }: Props) {
  const world = useWorld();
  const [files, setFiles] = useState<File[]>([]);
  const [chosen, setChosen] = useState(0);
  const [isShut, setShut] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const list = useId();
  const offers = useOffers(text, thread);
  const isOffering = offers.length > 0 && !isShut;
  const person = world.slack.me;
  const where = channel.type === "im" ? "Readout" : `#${channel.name}`;

  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
    if (!text || document.activeElement === area) return;
    // What somebody chose to say is read from its beginning, and gone on with in its first line.
    area.focus();
    const end = `${text}\n`.indexOf("\n");
    area.setSelectionRange(end, end);
    area.scrollTop = 0;
  }, [text]);
  useEffect(() => {
    if (matchMedia("(min-width: 800px)").matches) box.current?.focus();
  }, [channel.id, thread]);

  const send = async () => {
    if (!text.trim() && !files.length) return;
    if (text.startsWith("/")) {
      const name = text.split(/\s/)[0] ?? "";
      if (thread) return tell("Slack commands work in channels, not in threads.");
      if (invites(text, world.slack.bot.name)) {
        await act("invite_bot", { channel: channel.id });
        return write("");
      }
      if (!world.app.commands.some((each) => each.command === name)) return tell(`There is no command ${name} here.`);
      await act("command", { person, channel: channel.id, typed: text });
    } else {
      const ts = await act("say", {
        person,
        channel: channel.id,
        text,
        thread_ts: thread ?? "",
        files: await Promise.all(files.map(attached)),
      });
      if (channel.type === "im" && !thread) go({ channel: channel.id, thread: ts as string });
    }
    write("");
    setFiles([]);
  };
  const accept = (offer: Offer | undefined) => {
    if (!offer) return;
    write(text.replace(/\S*$/, "") + offer.insert);
    setChosen(0);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (isOffering) {
      const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: offers.length - 1 };
      const step = steps[event.key];
      if (step) {
        event.preventDefault();
        return setChosen((chosen + step) % offers.length);
      }
      if (event.key === "Tab" || event.key === "Enter") {
        event.preventDefault();
        return accept(offers[chosen]);
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        return setShut(true);
      }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send().catch(trouble);
    }
  };
  const pasted = (event: React.ClipboardEvent) => {
    const given = [...event.clipboardData.files];
    const words = event.clipboardData.getData("text/plain");
    if (!given.length && words.length > TO_A_FILE) given.push(new File([words], "Pasted text.txt", { type: "text/plain" }));
    if (given.length) {
      event.preventDefault();
      setFiles([...files, ...given]);
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send().catch(trouble);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setFiles([...files, ...event.dataTransfer.files]);
      }}
    >
      {isOffering && (
        <ul className="offers" role="listbox" id={list} aria-label="Suggestions">
          {offers.map((each, place) => (
            <li
              role="option"
              id={`${list}-${place}`}
              aria-selected={place === chosen}
              key={each.insert}
              onMouseDown={(event) => {
                event.preventDefault();
                accept(each);
              }}
            >
              <strong>{each.insert}</strong> <span className="faint">{each.told}</span>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={box}
        rows={1}
        value={text}
        placeholder={thread ? "Reply…" : `Message ${where}`}
        aria-label={thread ? "Reply in the thread" : `Message ${where}`}
        aria-controls={isOffering ? list : undefined}
        aria-activedescendant={isOffering ? `${list}-${chosen}` : undefined}
        onChange={(event) => {
          setShut(false);
          setChosen(0);
          write(event.target.value);
        }}
        onKeyDown={keys}
        onPaste={pasted}
      />
      {files.length > 0 && (
        <ul className="chips">
          {files.map((each) => (
            <li key={each.name}>
              {each.name}
              <button
                type="button"
                className="plain"
                aria-label={`Remove ${each.name}`}
                onClick={() => setFiles(files.filter((other) => other !== each))}
              >
                <Sign name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="keys">
        <button type="button" className="plain" title="Attach a file" aria-label="Attach a file" onClick={() => picker.current?.click()}>
          <Sign name="attach" />
        </button>
        <button
          type="button"
          className="plain"
          title="Mention Readout"
          onClick={() => write(`@${world.slack.bot.name} ${text}`)}
        >
          @{world.slack.bot.name}
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files"
          onChange={(event) => {
            setFiles([...files, ...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <button type="submit" className="button primary send" disabled={!text.trim() && !files.length}>
          Send
        </button>
      </div>
    </form>
  );
}

/** Whether it is Slack's own command that brings the app into a channel. */
function invites(typed: string, bot: string): boolean {
  return typed.trim().toLowerCase() === `/invite @${bot.toLowerCase()}`;
}

/** What could be meant by the beginning of a mention or of a command. */
function useOffers(text: string, thread?: string): Offer[] {
  const world = useWorld();
  if (/^\/\S*$/.test(text) && !thread) {
    return world.app.commands
      .filter((each) => each.command.startsWith(text))
      .map((each) => ({ insert: `${each.command} `, told: `${each.usage_hint ?? ""} ${each.description}` }));
  }
  const begun = /(?:^|\s)@([\w.-]*)$/.exec(text)?.[1]?.toLowerCase();
  if (begun === undefined) return [];
  const people = world.all("person").map((each) => ({ insert: `@${each.name} `, told: "" }));
  return [{ insert: `@${world.slack.bot.name} `, told: "Readout" }, ...people].filter((each) =>
    each.insert.slice(1).toLowerCase().startsWith(begun),
  );
}
