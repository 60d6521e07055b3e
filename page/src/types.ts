// What sandbox/slack/page.py tells of: Slack's own JSON, and a kind on each record.

export interface Text {
  type: "plain_text" | "mrkdwn";
  text: string;
}

export interface Option {
  text: Text;
  value: string;
  description?: Text;
}

export interface Confirm {
  title: Text;
  text: Text;
  confirm: Text;
  deny: Text;
  style?: "primary" | "danger";
}

export interface Control {
  type: string;
  action_id: string;
  text?: Text;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  confirm?: Confirm;
  accessibility_label?: string;
  placeholder?: Text;
  options?: Option[];
  option_groups?: { label: Text; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_channel?: string;
  initial_conversation?: string;
  initial_user?: string;
  initial_channels?: string[];
  initial_conversations?: string[];
  initial_users?: string[];
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  focus_on_load?: boolean;
  positive_button?: Feedback;
  negative_button?: Feedback;
}

export interface Feedback {
  text: Text;
  value: string;
  accessibility_label?: string;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: Text | string;
  fields?: Text[];
  elements?: unknown[];
  accessory?: Control;
  image_url?: string;
  alt_text?: string;
  element?: Control;
  label?: Text;
  hint?: Text;
  optional?: boolean;
  dispatch_action?: boolean;
}

export interface SlackFile {
  id: string;
  name: string;
  pretty_type: string;
  size: number;
}

export interface SlackMessage {
  ts: string;
  subtype?: string;
  user: string;
  text: string;
  blocks?: Block[];
  attachments?: { title?: string; fallback?: string }[];
  files?: SlackFile[];
  edited?: { ts: string };
  reactions?: { name: string; count: number }[];
  reply_count?: number;
  latest_reply?: string;
}

export interface Message {
  kind: "message";
  channel: string;
  root: string;
  by_app: boolean;
  seen_by: string;
  streaming: boolean;
  message: SlackMessage;
}

export interface Channel {
  kind: "channel";
  id: string;
  name: string;
  type: "channel" | "group" | "im";
  has_bot: boolean;
}

export interface Person {
  kind: "person";
  id: string;
  name: string;
  bot: boolean;
}

export interface View {
  kind: "view";
  id: string;
  place: number;
  errors: Record<string, string>;
  view: {
    type: "modal" | "home";
    title?: Text;
    submit?: Text;
    close?: Text;
    blocks: Block[];
  };
}

export interface Status {
  kind: "status";
  channel: string;
  root: string;
  text: string;
  loading: string[];
  at: number;
}

export interface Title {
  kind: "title";
  channel: string;
  root: string;
  text: string;
}

export interface Session {
  kind: "session";
  channel: string;
  root: string;
  state: string;
  title: string;
}

export interface Prompt {
  title: string;
  message: string;
}

export interface Prompts {
  kind: "prompts";
  channel: string;
  root: string;
  prompts: Prompt[];
}

export interface Slack {
  kind: "slack";
  me: string;
  bot: { id: string; name: string };
  connected: boolean;
  /** How many seconds the time here is ahead of the browser's. */
  ahead: number;
  zone: string;
}

/** Something that the app can run with; `refused` says why it can't be chosen, else it is empty. */
export interface Mode {
  name: string;
  label: string;
  told: string;
  refused: string;
}

export interface App {
  kind: "app";
  commands: { command: string; description: string; usage_hint?: string }[];
  shortcuts: { name: string; type: string; callback_id: string }[];
  prompts: Prompt[];
  about: { sample?: string; questions?: string[]; feeds?: string[]; page?: string };
  modes: Mode[];
  mode: string;
  restarts: boolean;
}

export type Item =
  | App
  | Channel
  | Message
  | Person
  | Prompts
  | Session
  | Slack
  | Status
  | Title
  | View;
