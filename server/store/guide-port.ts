/**
 * What a store keeps of people's first steps: what each has done, and whether he still wants to be shown the list.
 *
 * Promises asked of an adapter: what was done stays done, also where two write at once.
 * Must not: know what the steps are.
 */
export type Guide = {
  /** Names of what was done, each once, in no order. */
  done: string[]
  closed: boolean
}
export type GuideChange = { done?: readonly string[]; undone?: readonly string[]; closed?: boolean }

export interface GuideStore {
  /** Of someone who never did anything: nothing done, not closed. */
  guide(person: string): Promise<Guide>
  /** Resolves when durable, to the guide as it then is. */
  changeGuide(person: string, change: GuideChange): Promise<Guide>
}

export const NO_GUIDE: Guide = { done: [], closed: false }

/** The same for every adapter. */
export function changedGuide(guide: Guide, { done = [], undone = [], closed }: GuideChange): Guide {
  const names = new Set([...guide.done, ...done])
  for (const name of undone) names.delete(name)
  return { done: [...names], closed: closed ?? guide.closed }
}
