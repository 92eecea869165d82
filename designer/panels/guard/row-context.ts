/**
 * What all rows of a condition share: the names they may ask about, and how they are changed.
 *
 * Must not: hold a row.
 */
import { createContext, useContext } from 'react'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { Scope } from '../../../machines/expression/scope.ts'
import type { GroupDraft, IsSound, RowDraft } from '../../document/guard/draft.ts'
import type { Entries, Subject } from '../../document/guard/subjects.ts'
import type { Trial } from '../../document/guard/trial.ts'
import type { OtherTitles } from '../../document/guard/words.ts'
import type { Row } from '../../document/guard-rows.ts'
import type { Words } from '../../document/problem.ts'
import type { Change } from './use-guard.ts'

export type RowsContext = {
  readonly definition: Definition
  readonly scope: Scope
  /** All that a row can ask about here. */
  readonly subjects: readonly Subject[]
  readonly titles: OtherTitles
  readonly timeZone: string
  readonly draft: GroupDraft
  readonly isSound: IsSound
  /** Why a whole row cannot stand. */
  whyNot(row: Row): Words | undefined
  readonly trial: Trial | undefined
  /** The row that was just added: it takes the focus. */
  readonly fresh: number | undefined
  apply(draft: GroupDraft, change?: Change): void
  /** Another thing in the row of an id. */
  set(id: number, change: (row: RowDraft) => RowDraft, how?: Change): void
  setFresh(id: number): void
}

export const Rows = createContext<RowsContext | undefined>(undefined)
/** The entry of a list that rows within it are about. */
export const EntryOf = createContext<Entries | undefined>(undefined)

/** @throws where there are no rows around it, which is a fault of the program */
export function useRows(): RowsContext {
  const rows = useContext(Rows)
  if (rows === undefined) throw new Error('useRows outside of the rows of a condition')
  return rows
}
