// The Home tab, where the app has published one.

import { useCallback } from "react";
import { act } from "./acting";
import { Blocks } from "./Blocks";
import { trouble } from "./notices";
import { useWorld } from "./store";

export function Home() {
  const world = useWorld();
  const view = world.views("home").at(-1);
  const id = view?.id;
  const use = useCallback(
    (control: string, choice: string) => act("click_in_view", { view_id: id, control, choice }).catch(trouble),
    [id],
  );
  return (
    <div className="messages home" tabIndex={0} role="tabpanel" aria-label="Home">
      {view ? (
        <Blocks blocks={view.view.blocks} use={use} />
      ) : (
        <p className="faint">Readout has not published its Home yet.</p>
      )}
    </div>
  );
}
