/**
 * What canvas, panels and problem list share of the process being edited: the document, its stack, what is selected.
 *
 * Promises: `document` changes identity exactly when something changed; `execute` never throws for a refusal but tells
 * the person and returns false; what is selected may be gone from the document by now, so look it up before use.
 * Must not: save (the draft session does), or hold what only one of them needs.
 */
import { createContext, useContext } from 'react'
import type { Command, CommandStack } from '../document/command-stack.ts'
import type { Document } from '../document/document.ts'
import type { Words } from '../document/problem.ts'

/**
 * One selected thing: a state by its path (`''` is the process itself), a transition by its pointer, or anything else
 * by its JSON pointer into the definition (a field, an event, a delay).
 */
export type Selected =
  | { readonly kind: 'state'; readonly path: string }
  | { readonly kind: 'transition'; readonly pointer: string }
  | { readonly kind: 'place'; readonly pointer: string }
/** In the order it was selected; empty: nothing, so the process itself is what the panel shows. */
export type Selection = readonly Selected[]

export type Design = {
  /** Id of the process, as the address has it. */
  readonly process: string
  readonly document: Document
  /** Undo, redo and groups; changes of single commands go through `execute`. */
  readonly stack: CommandStack
  readonly selection: Selection
  /** Draws nothing that could be changed: the reader may not write, or a stale draft waits for a decision. */
  readonly readOnly: boolean
  /**
   * Replaces what is selected. `reveal`: the canvas brings it into view (a jump from elsewhere); `at`: the pointer that
   * the jump leads to, where it is more exact than what can be selected.
   */
  select(selection: Selection, options?: { reveal?: boolean; at?: string }): void
  /** The `at` of the last `select`. */
  readonly pointed: string | undefined
  /** Grows with every jump, so that the canvas looks again at the same thing. */
  readonly revealed: number
  /** Does a command; a refusal is told to the person. False where nothing was done. */
  execute(command: Command): boolean
  /** As `execute`, for several commands that are one gesture and one step. */
  executeAll(title: Words, commands: readonly Command[]): boolean
}

export const DesignContext = createContext<Design | undefined>(undefined)

/** @throws where there is no designer around it, which is a fault of the program */
export function useDesign(): Design {
  const design = useContext(DesignContext)
  if (design === undefined) throw new Error('useDesign outside of the designer')
  return design
}
