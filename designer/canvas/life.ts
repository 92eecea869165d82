/** What becomes of jobs, for a drawing of a process in life. */

/** Of one state. */
export type StateSign = {
  /** Running jobs in it. */
  readonly jobs: number
  readonly overdue: number
  readonly breaches: number
  /** How long jobs stay, in words. */
  readonly time?: string
  /** All of it in words, for the pointer and for screen readers. */
  readonly told: string
}
/** Of states by path, of transitions (how often they told of a breach) by pointer. */
export type LifeSigns = {
  readonly states: ReadonlyMap<string, StateSign>
  readonly breaches: ReadonlyMap<string, { readonly count: number; readonly told: string }>
}
