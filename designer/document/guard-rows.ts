/**
 * A guard as rows that a person can read, and back: the door to `guard/`.
 *
 * Promises: `guardOf(rowsOf(guard))` decides as `guard` does; what no row can say is told with its place, and is then
 * for the expression's text.
 * Must not: hold a rule of its own.
 */
export { tryGuard } from './guard/attempt.ts'
export { rowsOf } from './guard/read.ts'
export type * from './guard/row.ts'
export { operatorsFor, subjectsOf } from './guard/subjects.ts'
export { inWords } from './guard/words.ts'
export { guardOf } from './guard/write.ts'
