// A value that components look at, and that may change from anywhere.

import { useSyncExternalStore } from "react";

export class Shared<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  get = (): T => this.value;

  set(next: T): void {
    this.value = next;
    for (const each of this.listeners) each();
  }

  use(): T {
    return useSyncExternalStore(this.subscribe, this.get);
  }

  private subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
