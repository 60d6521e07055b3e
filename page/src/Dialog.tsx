// A box over the page. The browser's own <dialog> keeps the focus inside and closes on Escape.

import { type ReactNode, useEffect, useId, useRef } from "react";
import { Sign } from "./Sign";

/** Where the keyboard begins: a field, else what can be scrolled, else the harmless button. */
const FIRST = ["input:not([type=hidden]), select, textarea", ".content", "footer button"];

/** The event of a box that closes when what had the focus before it is gone. */
export const LOST = "focuslost";

const rowOf = (element: HTMLElement | null) => element?.closest<HTMLElement>(".row")?.dataset.block;

export function Dialog({
  title,
  close,
  small,
  isUnder,
  children,
}: {
  title: string;
  close: () => void;
  small?: boolean;
  isUnder?: boolean;
  children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    if (!box.current?.open) box.current?.showModal();
    FIRST.map((each) => box.current?.querySelector<HTMLElement>(each)).find(Boolean)?.focus();
    const row = rowOf(before);
    return () => {
      // The element may stand in the row of another block by now.
      if (rowOf(before) === row) before?.focus();
      if (document.activeElement === document.body) document.dispatchEvent(new Event(LOST));
    };
  }, []);
  return (
    <dialog
      ref={box}
      className={small ? "small" : isUnder ? "under" : ""}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => {
        if (event.target === box.current) close();
      }}
    >
      <div className="sheet">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="plain" aria-label="Close" onClick={close}>
            <Sign name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
