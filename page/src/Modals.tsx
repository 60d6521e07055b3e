// The modal on top: a form where it can be submitted.

import { useCallback } from "react";
import { act } from "./acting";
import { Blocks, plain } from "./Blocks";
import { Dialog } from "./Dialog";
import { trouble } from "./notices";
import { useWorld } from "./store";
import type { View } from "./types";

export function Modals() {
  const top = useWorld().views("modal").at(-1);
  return top ? <Modal item={top} key={top.id} /> : null;
}

function Modal({ item }: { item: View }) {
  const { id, view, errors } = item;
  const use = useCallback(
    (control: string, choice: string) => act("click_in_view", { view_id: id, control, choice }).catch(trouble),
    [id],
  );
  const close = () => void act("dismiss", { view_id: id }).catch(trouble);
  const submit = (form: HTMLFormElement) => {
    const entered: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) {
      entered[name] = entered[name] ? `${entered[name]},${value}` : String(value);
    }
    act("submit", { view_id: id, entered }).catch(trouble);
  };
  return (
    <Dialog title={plain(view.title)} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <div className="content" tabIndex={0}>
          <Blocks blocks={view.blocks} use={use} />
          {Object.values(errors).map((each) => (
            <p className="error" role="alert" key={each}>
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
