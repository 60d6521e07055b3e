// What is pressed, chosen or filled in.

import { createContext, type ReactNode, useContext, useId, useRef, useState } from "react";
import { plain } from "./Blocks";
import { Dialog } from "./Dialog";
import { rove } from "./roving";
import { Sign } from "./Sign";
import { useWorld } from "./store";
import type { Block, Confirm, Control, Feedback, Option } from "./types";

const HIGHEST_MENU = 220;

/** Somebody used the control of that name, choosing that value where there is a choice. */
export type Use = (control: string, choice: string) => void;

/** What is wrong with what was entered, by the id of the block. */
export const Faults = createContext<Readonly<Record<string, string>>>({});

export function ControlOf({ control, use }: { control: Control; use: Use }) {
  switch (control.type) {
    case "button":
    case "workflow_button":
    case "icon_button":
      return <Button control={control} use={use} />;
    case "feedback_buttons":
      return <FeedbackButtons control={control} use={use} />;
    case "overflow":
      return <Overflow control={control} use={use} />;
    default:
      return <Field control={control} use={use} />;
  }
}

function Button({ control, use }: { control: Control; use: Use }) {
  const [asked, setAsked] = useState(false);
  const words = plain(control.text);
  const press = () => use(control.action_id, "");
  if (control.url) {
    return (
      <a className="button" href={control.url} target="_blank" rel="noopener noreferrer" onClick={press}>
        {words}
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        className={`button ${control.style ?? ""}`}
        aria-label={control.accessibility_label}
        onClick={() => (control.confirm ? setAsked(true) : press())}
      >
        {words}
      </button>
      {asked && control.confirm && (
        <Sure confirm={control.confirm} sure={press} close={() => setAsked(false)} />
      )}
    </>
  );
}

function Sure({ confirm, sure, close }: { confirm: Confirm; sure: () => void; close: () => void }) {
  return (
    <Dialog title={plain(confirm.title)} close={close} small>
      <p>{plain(confirm.text)}</p>
      <footer>
        <button type="button" className="button" onClick={close}>
          {plain(confirm.deny)}
        </button>
        <button
          type="button"
          className={`button ${confirm.style ?? "primary"}`}
          onClick={() => {
            close();
            sure();
          }}
        >
          {plain(confirm.confirm)}
        </button>
      </footer>
    </Dialog>
  );
}

function FeedbackButtons({ control, use }: { control: Control; use: Use }) {
  const halves: { half?: Feedback; sign: "useful" | "useless" }[] = [
    { half: control.positive_button, sign: "useful" },
    { half: control.negative_button, sign: "useless" },
  ];
  return halves.map(
    ({ half, sign }) =>
      half && (
        <button
          type="button"
          className="button icon"
          key={sign}
          aria-label={half.accessibility_label ?? plain(half.text)}
          title={plain(half.text)}
          onClick={() => use(half.value, "")}
        >
          <Sign name={sign} />
        </button>
      ),
  );
}

/** The menu behind the three dots. */
function Overflow({ control, use }: { control: Control; use: Use }) {
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<Option>();
  const opener = useRef<HTMLButtonElement>(null);
  const shut = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (option: Option) => {
    shut();
    if (control.confirm) setAsked(option);
    else use(control.action_id, option.value);
  };
  return (
    <div
      className="overflow"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (isOpen && event.key === "Escape") {
          event.stopPropagation();
          shut();
        }
        rove(event, "[role=menuitem]");
      }}
    >
      <button
        type="button"
        ref={opener}
        className="button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Sign name="more" />
      </button>
      {isOpen && (
        <div className={isHigh(opener.current) ? "menu below" : "menu"} role="menu">
          {control.options?.map((each, place) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={each.value}
              autoFocus={place === 0}
              onClick={() => choose(each)}
            >
              {plain(each.text)}
            </button>
          ))}
        </div>
      )}
      {asked && control.confirm && (
        <Sure
          confirm={control.confirm}
          sure={() => use(control.action_id, asked.value)}
          close={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

/** Whether there is less room above than a menu may take. */
function isHigh(opener: HTMLElement | null): boolean {
  const list = opener?.closest(".messages, .content");
  const top = list?.getBoundingClientRect().top ?? 0;
  return (opener?.getBoundingClientRect().top ?? 0) - top < HIGHEST_MENU;
}

/** A field by itself, and its label and hint around it where it is the element of an input. */
export function Labelled({ block, children }: { block: Block; children: ReactNode }) {
  const fault = useContext(Faults)[block.block_id ?? ""];
  const name = block.element?.action_id;
  return (
    <div className="field">
      <label htmlFor={name} id={`${name}-label`}>
        {plain(block.label)}
        {block.optional && <span className="faint"> (optional)</span>}
      </label>
      {children}
      {fault && (
        <p className="error" role="alert" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {block.hint && <p className="faint">{plain(block.hint)}</p>}
    </div>
  );
}

const KINDS: Record<string, string> = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
  datepicker: "date",
  timepicker: "time",
};

/** A field; ``block`` is the input that it is the element of, if it is one. */
export function Field({ control, block, use }: { control: Control; block?: Block; use?: Use }) {
  const [kind, noun] = [KINDS[control.type], control.type];
  const told = useTold(control, block);
  const isOfBoxes = noun === "checkboxes" || noun === "radio_buttons" || noun.startsWith("multi_");
  if (isOfBoxes) return <Boxes control={control} told={told} use={use} />;
  if (noun.endsWith("_select")) return <Choice control={control} told={told} use={use} />;
  const shared = {
    id: control.action_id,
    name: control.action_id,
    ...told,
    placeholder: plain(control.placeholder),
    defaultValue: control.initial_value ?? control.initial_date ?? control.initial_time,
    maxLength: control.max_length,
    autoFocus: control.focus_on_load,
  };
  if (control.multiline) return <textarea rows={6} {...shared} />;
  return (
    <input
      type={kind ?? "text"}
      {...shared}
      onChange={(event) => {
        if (noun.endsWith("picker")) use?.(control.action_id, event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && use) {
          event.preventDefault();
          use(control.action_id, event.currentTarget.value);
        }
      }}
    />
  );
}

/** What a field tells those who listen: whether it must be filled in, and what is wrong with it. */
function useTold(control: Control, block?: Block) {
  const isFaulty = useContext(Faults)[block?.block_id ?? ""] !== undefined;
  if (!block) return {};
  return {
    "aria-required": !block.optional,
    "aria-invalid": isFaulty,
    "aria-describedby": isFaulty ? `${control.action_id}-fault` : undefined,
    "aria-labelledby": `${control.action_id}-label`,
  };
}

type Told = ReturnType<typeof useTold>;

function Boxes({ control, told, use }: { control: Control; told: Told; use?: Use }) {
  const options = useOptions(control);
  const [chosen, setChosen] = useState(() => initial(control));
  const isMany = control.type !== "radio_buttons";
  const name = useId();
  const choose = (value: string, on: boolean) => {
    const next = isMany ? [...chosen.filter((each) => each !== value), ...(on ? [value] : [])] : [value];
    setChosen(next);
    use?.(control.action_id, next.join(","));
  };
  return (
    <div
      role={isMany ? "group" : "radiogroup"}
      className="boxes"
      aria-label={plain(control.placeholder) || undefined}
      aria-labelledby={told["aria-labelledby"]}
      aria-describedby={told["aria-describedby"]}
    >
      <input type="hidden" name={control.action_id} value={chosen.join(",")} />
      {options.map((each) => (
        <label className="box" key={each.value}>
          <input
            type={isMany ? "checkbox" : "radio"}
            name={name}
            checked={chosen.includes(each.value)}
            onChange={(event) => choose(each.value, event.target.checked)}
          />
          <span>
            {plain(each.text)}
            {each.description && <span className="faint"> {plain(each.description)}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}

function Choice({ control, told, use }: { control: Control; told: Told; use?: Use }) {
  const options = useOptions(control);
  return (
    <select
      id={control.action_id}
      name={control.action_id}
      {...told}
      aria-label={use ? plain(control.placeholder) || "Choose" : undefined}
      defaultValue={initial(control)[0] ?? ""}
      onChange={(event) => use?.(control.action_id, event.target.value)}
    >
      <option value="">{plain(control.placeholder) || "Choose…"}</option>
      {options.map((each) => (
        <option value={each.value} key={each.value}>
          {plain(each.text)}
        </option>
      ))}
    </select>
  );
}

function initial(control: Control): string[] {
  const one = control.initial_channel ?? control.initial_conversation ?? control.initial_user;
  const many = control.initial_channels ?? control.initial_conversations ?? control.initial_users;
  if (many || one) return many ?? [one as string];
  return (control.initial_options ?? [control.initial_option]).flatMap((each) => each?.value ?? []);
}

/** The options that the app gave, or else the people or channels of this Slack. */
function useOptions(control: Control): Option[] {
  const world = useWorld();
  const given = [...(control.options ?? []), ...(control.option_groups ?? []).flatMap((each) => each.options)];
  if (given.length) return given;
  const shown = (value: string, text: string): Option => ({ value, text: { type: "plain_text", text } });
  if (control.type.endsWith("users_select")) {
    return world.all("person").map((each) => shown(each.id, each.name));
  }
  return world
    .all("channel")
    .filter((each) => each.type !== "im")
    .map((each) => shown(each.id, `#${each.name}`));
}
