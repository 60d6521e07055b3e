// Dark or light: as the reader chose, else as the machine is set.

import { Shared } from "./shared";

export type Theme = "dark" | "light";

const machine = matchMedia("(prefers-color-scheme: dark)");
const theme = new Shared<Theme>("light");

function show(): void {
  const kept = localStorage.getItem("theme");
  theme.set(kept === "dark" || kept === "light" ? kept : machine.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme.get();
}

machine.addEventListener("change", show);
show();

export function turn(): void {
  localStorage.setItem("theme", theme.get() === "dark" ? "light" : "dark");
  show();
}

export const useTheme = () => theme.use();
