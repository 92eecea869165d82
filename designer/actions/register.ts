/**
 * The actions of what is on the page now: each part of it brings its own while it is there.
 *
 * Promises: an action is always done in its part's latest scene. Must not: know what an action does.
 */
import { createContext, useContext, useEffect, useRef } from 'react'
import { type Action, type Bound, bound } from './action.ts'
import type { Announce } from './voice.tsx'

export class Register {
  readonly #sources = new Set<readonly Bound[]>()

  /** Returns what takes them away again. */
  add(actions: readonly Bound[]): () => void {
    this.#sources.add(actions)
    return () => this.#sources.delete(actions)
  }
  get all(): Bound[] {
    return [...this.#sources].flat()
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
}
