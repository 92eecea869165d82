/**
 * What the chapters of a handbook share: the definition, its words, and where each norm was met with.
 *
 * Must not: hold a chapter.
 */
import type { Definition } from '../definition/schema.ts'
import { buildTree, type Tree, type TreeNode } from '../definition/tree.ts'
import type { Block } from './page.ts'
import { createTeller, type Language, type Teller } from './words.ts'

export const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, text })
/** None for a table without rows. */
export const table = (head: string[], rows: string[][]): Block[] =>
  rows.length === 0 ? [] : [{ kind: 'table', head, rows }]

export type Book = {
  readonly definition: Definition
  readonly tree: Tree
  readonly tell: Teller
  /** Where each norm is carried out. */
  readonly norms: ReadonlyMap<string, ReadonlySet<string>>
  /** The norms as text, and on record with the place. */
  normed(norms: readonly string[] | undefined, where: string): string
  /** A state with those it lies in. */
  where(place: TreeNode): string
}

export function openBook(definition: Definition, language: Language): Book {
  const tell = createTeller(definition, language)
  const norms = new Map<string, Set<string>>()
  const where = (place: TreeNode): string => {
    const above = place.parent
    const isTop = above === undefined || above.parent === undefined
    return isTop ? tell.title(place) : `${where(above)} › ${tell.title(place)}`
  }
  return {
    definition,
    tree: buildTree(definition),
    tell,
    norms,
    where,
    normed: (named = [], place) => {
      for (const norm of named) norms.set(norm, (norms.get(norm) ?? new Set()).add(place))
      return named.join(', ')
    },
  }
}
