/** What became of a state or transition between two versions, for a drawing of the difference. */

export type Mark = 'added' | 'changed' | 'removed'
/** By a state's path, or a transition's pointer. */
export type Marks = ReadonlyMap<string, Mark>

export const NO_MARKS: Marks = new Map()

/** The mark of a line that several transitions share. */
export function sharedMark(pointers: readonly string[], marks: Marks): Mark | undefined {
  const found = pointers.map((pointer) => marks.get(pointer))
  const [first] = found
  if (found.every((mark) => mark === first)) return first
  return found.some((mark) => mark !== undefined) ? 'changed' : undefined
}
