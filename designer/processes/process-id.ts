/** The id that a new process may have. */

const ID = /^[a-z][a-z0-9-]{0,79}$/

/** What a name makes as an id: lower-case letters, digits and hyphens. */
export const idFrom = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 80)

/** Why an id cannot be taken; undefined where it can, or is not written yet. */
export function idProblem(id: string, taken: readonly string[]): 'idWrong' | 'idTaken' | undefined {
  if (id === '') return undefined
  if (!ID.test(id)) return 'idWrong'
  return taken.includes(id) ? 'idTaken' : undefined
}

/** The id itself, or with the first number that makes it free. */
export function freeId(id: string, taken: readonly string[]): string {
  if (!taken.includes(id)) return id
  let number = 2
  while (taken.includes(`${id.slice(0, 76)}-${number}`)) number++
  return `${id.slice(0, 76)}-${number}`
}
