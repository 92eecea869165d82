/**
 * The actions of what is on the page now: each part of it brings its own while it is there.
 *
 * Promises: an action is always done in its part's latest scene, and whoever lists them is told when a scene has changed: what a
 * choice offers may come in from the server late. Must not: know what an action does.
 */
import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react'
import { type Action, type Bound, bound } from './action.ts'
import type { Announce } from './voice.tsx'

export class Register {
  readonly #sources = new Set<readonly Bound[]>()
  readonly #listeners = new Set<() => void>()
  #all: readonly Bound[] = []

  /** Returns what takes them away again. */
  add(actions: readonly Bound[]): () => void {
    this.#sources.add(actions)
    this.tell()
    return () => {
      this.#sources.delete(actions)
      this.tell()
    }
  }
  /** Another list after each change. */
  get all(): readonly Bound[] {
    return this.#all
  }
  /** What an action says or offers may be another now. */
  tell(): void {
    this.#all = [...this.#sources].flat()
    for (const listener of this.#listeners) listener()
  }
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

export type Actions = {
  readonly register: Register
  /** Does an action: asks for its choice where it has some, says why where it is barred. */
  perform(action: Bound): void
  /** Tells those who listen instead of looking. */
  readonly announce: Announce
  showPalette(): void
  showSheet(): void
}
export const ActionsContext = createContext<Actions | undefined>(undefined)

/** @throws where there is no frame of the page around it, which is a fault of the program */
export function useActions(): Actions {
  const actions = useContext(ActionsContext)
  if (actions === undefined) throw new Error('useActions outside of the frame')
  return actions
}

/** All actions of the page; comes anew when what they say or offer may have changed. */
export function useAllActions(register: Register): readonly Bound[] {
  const subscribe = useCallback((listener: () => void) => register.subscribe(listener), [register])
  return useSyncExternalStore(subscribe, () => register.all)
}

/** Brings actions to the page; while `scene` is undefined, none of them. */
export function useBring<S>(actions: readonly Action<S>[], scene: S | undefined): void {
  const { register } = useActions()
  const latest = useRef(scene)
  latest.current = scene
  const isThere = scene !== undefined
  useEffect(() => {
    if (!isThere) return undefined
    const now = (): S => {
      if (latest.current === undefined) throw new Error('an action outlived its scene')
      return latest.current
    }
    return register.add(actions.map((action) => bound(action, now)))
  }, [register, actions, isThere])
  // After every change of the scene, which comes anew with it.
  useEffect(() => {
    if (scene !== undefined) register.tell()
  }, [register, scene])
}
