// Blocks as Slack shows them. What is only looked at is drawn by slack-blocks-to-jsx; what is
// pressed or filled in is drawn here, because its controls tell nobody that they were used.

import { Fragment, isValidElement, memo, type ReactNode, useEffect, useMemo, useRef } from "react";
import { Message as Drawn, type Block as DrawnBlock } from "slack-blocks-to-jsx";
import { ControlOf, Field, Labelled, type Use } from "./Controls";
import { LOST } from "./Dialog";
import { goTo } from "./places";
import { useNames, useWorld } from "./store";
import { useTheme } from "./theme";
import { clock, day } from "./times";
import type { Block, Control, Text } from "./types";

const DRAWN = new Set([
  ...["alert", "card", "carousel", "container", "context", "data_visualization", "divider"],
  ...["file", "header", "markdown", "plan", "rich_text", "section", "table"],
  ...["task_card", "video"],
]);

export const Blocks = memo(function Blocks({ blocks, use }: { blocks: Block[]; use: Use }) {
  const box = useRef<HTMLDivElement>(null);
  const { follow, leave } = useKept(box, blocks);
  return (
    <div className="blocks" ref={box} onFocus={follow} onBlur={leave}>
      {inRuns(blocks).map((run, place) => (
        <Fragment key={place}>
          {isDrawn(run[0]) ? (
            <Looks blocks={run} />
          ) : (
            // A field stays the same field, with its focus, where the app sends its blocks anew.
            run.map((each, number) => <Uses block={each} use={use} key={each.element?.action_id ?? number} />)
          )}
        </Fragment>
      ))}
    </div>
  );
});

/** A control that goes with its blocks leaves the focus to the first in its row: that of the same
 *  block, or else the one in the same place. */
function useKept(box: React.RefObject<HTMLDivElement | null>, blocks: Block[]) {
  const last = useRef<{ block?: string; place: number }>(undefined);
  const rows = () => [...(box.current?.querySelectorAll<HTMLElement>(".row") ?? [])];
  const restore = () => {
    const kept = last.current;
    if (!kept) return;
    const { block, place } = kept;
    const same = rows().find((each) => each.dataset.block === block);
    const active = document.activeElement;
    // Where blocks were put in, what has the focus may be in the row of another by now.
    const isMoved = same && box.current?.contains(active) && !same.contains(active);
    if (active !== document.body && !isMoved) return;
    (same ?? rows()[place])?.querySelector("button")?.focus({ preventScroll: true });
    last.current = kept; // its row may be back with the next blocks
  };
  useEffect(restore, [blocks]);
  // The blocks may have come while a box was over them.
  useEffect(() => {
    document.addEventListener(LOST, restore);
    return () => document.removeEventListener(LOST, restore);
  }, []);
  const follow = (event: React.FocusEvent<HTMLElement>) => {
    const row = event.target.closest<HTMLElement>(".row");
    last.current = row ? { block: row.dataset.block, place: rows().indexOf(row) } : undefined;
  };
  const leave = ({ relatedTarget }: React.FocusEvent<HTMLElement>) => {
    if (relatedTarget && !relatedTarget.closest("dialog")) last.current = undefined;
  };
  return { follow, leave };
}

/** Words in Slack's own markup, as a section has them. */
export function Mrkdwn({ text }: { text: string }) {
  const blocks = useMemo(() => [{ type: "section", text: { type: "mrkdwn", text } }] as Block[], [text]);
  return <Looks blocks={blocks} />;
}

function isDrawn(block: Block | undefined): boolean {
  if (!block || !DRAWN.has(block.type)) return false;
  return !block.accessory || block.accessory.type === "image";
}

/** Neighbours of one sort together, so that one drawing holds as much as it can. */
function inRuns(blocks: Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last && isDrawn(last[0]) === isDrawn(block)) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

function Looks({ blocks }: { blocks: Block[] }) {
  const theme = useTheme();
  const { number, users, channels } = useNames();
  const shown = useMemo(() => JSON.parse(JSON.stringify(blocks), asWritten) as DrawnBlock[], [blocks]);
  return (
    <Drawn
      key={number}
      blocks={shown}
      name=""
      logo=""
      theme={theme}
      withoutWrapper
      data={{ users, channels }}
      hooks={{
        link: ({ href, children, className }) => <Link href={href} look={className}>{children}</Link>,
        date: ({ timestamp, format }) => <When ts={timestamp} format={format} />,
      }}
    />
  );
}

/** What a mark behind a line says: the label of a source and the number of a sentence. */
const REFERENCE = /^[A-Z]{1,2}\d+$/;

const UNMARKED = /<[^<>]*>|https?:(?=\/\/)|www(?=\.)|@(?=here|channel|everyone)/g;

/** Slack reads tokens in verbatim text and makes no links of its own; the renderer reads nothing in
 *  it. So it gets the text as any other, with a word joiner in what it would make a link of. */
function asWritten(_: string, value: unknown): unknown {
  const text = value as { type?: string; text?: string; verbatim?: boolean } | null;
  if (text?.type !== "mrkdwn" || !text.verbatim || !text.text) return value;
  const words = text.text.replace(UNMARKED, (found) => (found.startsWith("<") ? found : `${found}\u2060`));
  return { type: text.type, text: words };
}

/** A time as Slack writes it in a text: the renderer knows no zone but the browser's. */
function When({ ts, format }: { ts: string; format: string }) {
  const world = useWorld();
  return <>{format.replace(/\{date\w*\}/, day(world, ts)).replace("{time}", clock(world, ts))}</>;
}

function Link({ href, look, children }: { href: string; look?: string; children?: ReactNode }) {
  if (!/^(https?|mailto):/i.test(href)) return <span>{children}</span>;
  return (
    <a
      href={href}
      className={look}
      aria-label={REFERENCE.test(wordsIn(children)) ? `passage ${wordsIn(children)}` : undefined}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        if (!event.ctrlKey && !event.metaKey && goTo(href)) event.preventDefault();
      }}
    >
      {children}
    </a>
  );
}

function Uses({ block, use }: { block: Block; use: Use }) {
  switch (block.type) {
    case "actions":
    case "context_actions":
      return (
        <div className={block.type === "actions" ? "row" : "row quiet"} role="group" data-block={block.block_id}>
          {(block.elements as Control[]).map((each, place) => (
            <ControlOf control={each} use={use} key={each.action_id ?? place} />
          ))}
        </div>
      );
    case "section":
      return (
        <div className="beside">
          <Looks blocks={[{ ...block, accessory: undefined }]} />
          {block.accessory && <ControlOf control={block.accessory} use={use} />}
        </div>
      );
    case "input":
      return block.element ? (
        <Labelled block={block}>
          <Field control={block.element} block={block} use={block.dispatch_action ? use : undefined} />
        </Labelled>
      ) : null;
    case "image":
      // Nothing is loaded from elsewhere, so that a picture is a link here.
      return <p>{block.image_url ? <Link href={block.image_url}>{block.alt_text}</Link> : block.alt_text}</p>;
    default:
      return <p className="unknown">{wordsOf(block).join(" ") || `(${block.type})`}</p>;
  }
}

/** The words that are shown in what the renderer has drawn. */
function wordsIn(drawn: ReactNode): string {
  if (typeof drawn === "string" || typeof drawn === "number") return String(drawn);
  if (Array.isArray(drawn)) return drawn.map(wordsIn).join("");
  return isValidElement<{ children?: ReactNode }>(drawn) ? wordsIn(drawn.props.children) : "";
}

/** The words of a block that nobody here knows how to draw. */
function wordsOf(thing: unknown): string[] {
  if (Array.isArray(thing)) return thing.flatMap(wordsOf);
  if (typeof thing !== "object" || thing === null) return [];
  return Object.entries(thing).flatMap(([name, value]) =>
    ["text", "title", "alt_text"].includes(name) && typeof value === "string" ? [value] : wordsOf(value),
  );
}

export function plain(text: Text | string | undefined): string {
  return typeof text === "string" ? text : (text?.text ?? "");
}
