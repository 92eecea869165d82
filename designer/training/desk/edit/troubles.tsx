/** The problems of the edited scenario, by place; and the one that is gone to. */
import { createContext, useContext } from 'react'
import type { Problem } from '../../../../machines/definition/problem.ts'

/** `turn`: going to the same place again is another going. */
export type Goal = { readonly pointer: string; readonly turn: number }
export type Troubles = {
  readonly list: readonly Problem[]
  readonly goal: Goal | undefined
  within(pointer: string): { errors: number; warnings: number }
}

const TroublesContext = createContext<Troubles>({
  list: [],
  goal: undefined,
  within: () => ({ errors: 0, warnings: 0 }),
})
export const TroublesProvider = TroublesContext.Provider
export const useTroubles = (): Troubles => useContext(TroublesContext)

export function troublesOf(list: readonly Problem[], goal: Goal | undefined): Troubles {
  return {
    list,
    goal,
    within(pointer) {
      const here = list.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`))
      const errors = here.filter(({ severity }) => severity === 'error').length
      return { errors, warnings: here.length - errors }
    },
  }
}
