// The modals, of which only the one on top is seen: a form where it can be submitted. Those under it
// stay as they are, scrolled and with the focus where they were left.

import { useCallback, useState } from "react";
import { act } from "./acting";
import { Blocks, plain } from "./Blocks";
import { Faults } from "./Controls";
import { Dialog } from "./Dialog";
import { trouble } from "./notices";
import { useWorld } from "./store";
import type { Block, View } from "./types";

export function Modals() {
  const views = useWorld().views("modal");
  return views.map((each, place) => <Modal item={each} isUnder={place + 1 < views.length} key={each.id} />);
}

function Modal({ item, isUnder }: { item: View; isUnder: boolean }) {
  const { id, view, errors } = item;
  const use = useCallback(
    (control: string, choice: string) => act("click_in_view", { view_id: id, control, choice }).catch(trouble),
    [id],
  );
  const [missed, setMissed] = useState<Record<string, string>>({});
  const close = () => void act("dismiss", { view_id: id }).catch(trouble);
  const submit = (form: HTMLFormElement) => {
    const entered: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) {
      entered[name] = entered[name] ? `${entered[name]},${value}` : String(value);
    }
    const faults = faultsOf(view.blocks, entered);
    setMissed(faults);
    const first = view.blocks.find((each) => faults[each.block_id ?? ""]);
    if (first) return fieldOf(form, first)?.focus();
    act("submit", { view_id: id, entered }).catch(trouble);
  };
  const told = { ...errors, ...missed };
  const fields = view.blocks.filter((each) => each.type === "input").map((each) => each.block_id);
  const others = Object.entries(told).filter(([id]) => !fields.includes(id));
  return (
    <Dialog title={plain(view.title)} close={close} isUnder={isUnder}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <div className="content" tabIndex={0}>
          <Faults.Provider value={told}>
            <Blocks blocks={view.blocks} use={use} />
          </Faults.Provider>
          {others.map(([id, each]) => (
            <p className="error" role="alert" key={id}>
              {each}
            </p>
          ))}
        </div>
        <footer>
          <button type="button" className="button" onClick={close}>
            {plain(view.close) || (view.submit ? "Cancel" : "Close")}
          </button>
          {view.submit && (
            <button type="submit" className="button primary">
              {plain(view.submit)}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

/** What Slack would say under the fields before it sends anything, by the ids of their blocks. */
function faultsOf(blocks: Block[], entered: Record<string, string>): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { type, block_id = "", element, optional } of blocks) {
    if (type !== "input" || !element) continue;
    const { min_length = 0, max_length = Infinity } = element;
    const length = (entered[element.action_id] ?? "").length;
    if (!length && !optional) faults[block_id] = "Please complete this required field.";
    else if (length && length < min_length) faults[block_id] = `Enter at least ${min_length} characters.`;
    else if (length > max_length) faults[block_id] = `Enter at most ${max_length} characters.`;
  }
  return faults;
}

function fieldOf(form: HTMLFormElement, block: Block): HTMLElement | undefined {
  const named = [...form.elements].filter((each) => (each as HTMLInputElement).name === block.element?.action_id);
  const field = named[0] as HTMLElement | undefined;
  return field?.matches("[type=hidden]") ? (field.parentElement?.querySelector("label input") ?? field) : field;
}
