/** The way that a job took, for its drawing. */

export type WaySign = {
  /** How often, short: shown where it was more than once. */
  readonly often?: string
  /** In words, for the pointer and for screen readers. */
  readonly told: string
}
/** Of states by path, of transitions by pointer. */
export type WaySigns = {
  readonly states: ReadonlyMap<string, WaySign>
  readonly transitions: ReadonlyMap<string, WaySign>
}
