// What the server has told of so far. Records that did not change stay the same objects.

import { Shared } from "./shared";
import type { App, Channel, Item, Message, Person, Slack, View } from "./types";

type Kind = Item["kind"];
type OfKind<K extends Kind> = Extract<Item, { kind: K }>;

interface Told {
  fresh: boolean;
  gone: string[];
  changed: Record<string, Item>;
}

export class World {
  constructor(
    readonly items: ReadonlyMap<string, Item>,
    readonly online: boolean,
  ) {}

  get app(): App {
    return this.items.get("app") as App;
  }

  get slack(): Slack {
    return this.items.get("slack") as Slack;
  }

  all<K extends Kind>(kind: K): OfKind<K>[] {
    return [...this.items.values()].filter((each): each is OfKind<K> => each.kind === kind);
  }

  noted<K extends "status" | "title" | "session" | "prompts">(kind: K, channel: string, root: string) {
    return this.items.get(`${kind} ${channel} ${root}`) as OfKind<K> | undefined;
  }

  channel(id: string): Channel | undefined {
    return this.items.get(id) as Channel | undefined;
  }

  get direct(): Channel | undefined {
    return this.all("channel").find((each) => each.type === "im");
  }

  name(user: string): string {
    if (user === this.slack.bot.id) return "Readout";
    if (user === "USLACKBOT") return "Slackbot";
    return (this.items.get(user) as Person | undefined)?.name ?? user;
  }

  messages(channel: string): Message[] {
    return this.all("message")
      .filter((each) => each.channel === channel)
      .sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  }

  views(type: "modal" | "home"): View[] {
    return this.all("view")
      .filter((each) => each.view.type === type)
      .sort((a, b) => a.place - b.place);
  }
}

/** How people and channels are called; the same object until one of them changes. */
export interface Names {
  number: number;
  users: { id: string; name: string }[];
  channels: { id: string; name: string }[];
}

const world = new Shared(new World(new Map(), false));
const names = new Shared<Names>({ number: 0, users: [], channels: [] });
let source: EventSource | undefined;

function become(next: World): void {
  names.set(namesIn(next, names.get()));
  world.set(next);
}

export function follow(person: string): void {
  source?.close();
  source = new EventSource(`/page/changes?person=${encodeURIComponent(person)}`);
  source.onmessage = ({ data }) => {
    const told = JSON.parse(data as string) as Told;
    const items = new Map(told.fresh ? [] : world.get().items);
    for (const key of told.gone) items.delete(key);
    for (const [key, item] of Object.entries(told.changed)) items.set(key, item);
    become(new World(items, true));
  };
  source.onerror = () => become(new World(world.get().items, false));
}

function namesIn(next: World, before: Names): Names {
  if (!next.slack) return before;
  const users = [...next.all("person"), next.slack.bot].map(({ id }) => ({ id, name: next.name(id) }));
  const channels = next.all("channel").map(({ id, name }) => ({ id, name }));
  const now = { number: before.number, users, channels };
  return JSON.stringify(now) === JSON.stringify(before) ? before : { ...now, number: before.number + 1 };
}

export const useWorld = () => world.use();
export const useNames = () => names.use();
