import { useSyncExternalStore } from "react";

/** A value that many look at and few change. */
export interface Store<State> {
  get(): State;
  /** Replaces the state by what `change` makes of it; listeners hear of it only if it is another object. */
  update(change: (state: State) => State): void;
  subscribe(listener: () => void): () => void;
}

/** Opens a store outside React, so that parsing and layout never happen inside a render. */
export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update(change) {
      const next = change(state);
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part of a store that `select` picks. It must be the same object as long as nothing in it changed. */
export function useStoreValue<State, Part>(store: Store<State>, select: (state: State) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
