// Dark or light: as the reader chose, else as the machine is set.

import { useSyncExternalStore } from "react";

export type Theme = "dark" | "light";

const machine = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function chosen(): Theme {
  const kept = localStorage.getItem("theme");
  if (kept === "dark" || kept === "light") return kept;
  return machine.matches ? "dark" : "light";
}

function show(): void {
  document.documentElement.dataset.theme = chosen();
  for (const each of listeners) each();
}

machine.addEventListener("change", show);
show();

export function turn(): void {
  localStorage.setItem("theme", chosen() === "dark" ? "light" : "dark");
  show();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
}
