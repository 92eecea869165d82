/**
 * Rows while they are being written: some of them half made.
 *
 * Promises: what is half made is kept, and counts for nothing until it is whole and sound; a row that counted before
 * goes on counting as it was. Plain data, never changed in place; every row has an id that stays with it.
 * Must not: know what a page looks like, or judge a row by itself (`isSound` comes in).
 */
import type {
  Comparison,
  EntryRow,
  Group,
  NamedRow,
  Operand,
  Place,
  PlainGroup,
  PlainRow,
  Row,
  Value,
} from './row.ts'
import { takenBy } from './subjects.ts'
import { isPlain } from './write.ts'

type Lacking<Whole> = Whole extends { readonly kind: infer Kind }
  ? { readonly kind: Kind } & Partial<Omit<Whole, 'kind'>>
  : never
/** A row by itself, as far as it is written. */
export type Said = Lacking<Comparison> | Lacking<NamedRow>
export type LeafDraft = {
  readonly id: number
  readonly kind: 'leaf'
  readonly said: Said
  /** What counts: the row as it was when it was last whole and sound. */
  readonly was?: Row
  /** What is written does not count yet. */
  readonly half: boolean
}
export type EntryDraft = {
  readonly id: number
  readonly kind: 'entry'
  readonly of: EntryRow['kind']
  readonly not: boolean
  readonly list?: Place
  readonly name: string
  readonly rows: GroupDraft
  readonly was?: Row
  readonly half: boolean
}
export type GroupDraft = {
  readonly id: number
  readonly kind: 'group'
  readonly of: 'all' | 'any'
  readonly not: boolean
  readonly rows: readonly RowDraft[]
  readonly form?: 'guards'
}
export type RowDraft = LeafDraft | EntryDraft | GroupDraft
/** Whether a whole row may stand in the guard: names and types fit. */
export type IsSound = (row: Row) => boolean

/* ------------------------------------------------------------ from rows, and back */

const isEntry = (row: Row): row is EntryRow => row.kind === 'some' || row.kind === 'every'

/** Rows that count, to be worked on. */
export function draftOf(rows: Group): GroupDraft {
  let last = 0
  const draft = (row: Row): RowDraft => {
    last += 1
    const id = last
    if (row.kind === 'group') return { ...row, id, rows: row.rows.map(draft) }
    if (!isEntry(row)) return { id, kind: 'leaf', said: row, was: row, half: false }
    const { kind, not, list, name } = row
    return { id, kind: 'entry', of: kind, not, list, name, rows: group(row.rows), was: row, half: false }
  }
  const group = (of: Group): GroupDraft => {
    last += 1
    const id = last
    return { ...of, id, rows: of.rows.map(draft) }
  }
  return group(rows)
}

/** What counts of a row; undefined while it was never whole. */
export function rowIn(row: RowDraft): Row | undefined {
  return row.kind === 'group' ? rowsIn(row) : row.was
}
/** The rows that count. */
export function rowsIn({ of, not, rows, form }: GroupDraft): Group {
  return {
    kind: 'group',
    of,
    not,
    rows: rows.flatMap((row) => rowIn(row) ?? []),
    ...(form === undefined ? {} : { form }),
  }
}

/** How many rows do not count as they are written. */
export const halfMade = (row: RowDraft): number =>
  row.kind === 'group' ? row.rows.reduce((sum, one) => sum + halfMade(one), 0) : row.half ? 1 : 0

/* ------------------------------------------------------------ whole or half made */

const hasSpan = (operand: Operand): boolean =>
  operand.place !== 'moved' ||
  (hasSpan(operand.from) && !('duration' in operand.by && operand.by.duration === ''))

function isWritten(value: Value): boolean {
  if ('place' in value) return hasSpan(value)
  if ('moment' in value) return value.moment !== ''
  if ('literals' in value) return value.literals.length > 0
  return typeof value.literal !== 'number' || Number.isFinite(value.literal)
}

/** What is said, once it is whole; undefined while something is lacking. */
function wholeOf(said: Said): Row | undefined {
  switch (said.kind) {
    case 'compare': {
      const { kind, subject, operator, value } = said
      if (subject === undefined || operator === undefined || !hasSpan(subject)) return undefined
      if (takenBy(operator) === 'nothing') return { kind, subject, operator }
      return value !== undefined && isWritten(value) ? { kind, subject, operator, value } : undefined
    }
    case 'state':
      return said.state === undefined ? undefined : { ...said, not: said.not === true, state: said.state }
    case 'qualified':
      return said.certificate === undefined || said.certificate === ''
        ? undefined
        : { ...said, not: said.not === true, certificate: said.certificate }
    case 'checklist-done':
      return said.items?.length === 0 ? undefined : { ...said, not: said.not === true }
    case 'within':
      return said.at !== undefined && !hasSpan(said.at) ? undefined : { ...said, not: said.not === true }
  }
}

/** The group as one expression has it: without rows that do not count, and without empty groups. */
function plainRows({ of, not, rows }: GroupDraft): PlainGroup | undefined {
  const plain = rows.flatMap((row): readonly PlainRow[] => {
    if (row.kind === 'group') return [plainRows(row)].filter((one) => one !== undefined)
    return row.was !== undefined && isPlain(row.was) ? [row.was] : []
  })
  return plain.length === 0 ? undefined : { kind: 'group', of, not, rows: plain }
}

function entryRow({ of, not, list, name, rows }: EntryDraft): Row | undefined {
  const inner = plainRows(rows)
  return list === undefined || inner === undefined ? undefined : { kind: of, not, list, name, rows: inner }
}

/** With what counts brought up to what is written. Within an entry's rows, the whole of it is judged. */
function settled<One extends RowDraft>(row: One, isSound: IsSound): One
function settled(row: RowDraft, isSound: IsSound): RowDraft {
  switch (row.kind) {
    case 'group':
      return { ...row, rows: row.rows.map((one) => settled(one, isSound)) }
    case 'leaf': {
      const whole = wholeOf(row.said)
      return whole !== undefined && isSound(whole)
        ? { ...row, was: whole, half: false }
        : { ...row, half: true }
    }
    case 'entry': {
      const rows = settled(row.rows, () => true)
      const whole = entryRow({ ...row, rows })
      return whole !== undefined && isSound(whole)
        ? { ...row, rows, was: whole, half: halfMade(rows) > 0 }
        : { ...row, rows, half: true }
    }
  }
}

/* ------------------------------------------------------------ changes */

const highest = (row: RowDraft): number => {
  if (row.kind === 'leaf') return row.id
  const inner = row.kind === 'entry' ? [row.rows] : row.rows
  return Math.max(row.id, ...inner.map(highest))
}

/** What takes the place of the row of an id: one, none or several. */
function replaced(group: GroupDraft, id: number, by: (row: RowDraft) => readonly RowDraft[]): GroupDraft {
  return {
    ...group,
    rows: group.rows.flatMap((row): readonly RowDraft[] => {
      if (row.id === id) return by(row)
      if (row.kind === 'group') return [replaced(row, id, by)]
      return row.kind === 'entry' ? [{ ...row, rows: inside(row.rows, id, by) }] : [row]
    }),
  }
}
/** A group whose own id may be the one that is meant: it then stays a group. */
function inside(group: GroupDraft, id: number, by: (row: RowDraft) => readonly RowDraft[]): GroupDraft {
  if (group.id !== id) return replaced(group, id, by)
  const [made] = by(group)
  return made?.kind === 'group' ? made : group
}

/** Another thing said in a row, a group joined otherwise. */
export const changed = (
  draft: GroupDraft,
  id: number,
  change: (row: RowDraft) => RowDraft,
  isSound: IsSound,
): GroupDraft =>
  settled(
    inside(draft, id, (row) => [change(row)]),
    isSound,
  )

export const removed = (draft: GroupDraft, id: number, isSound: IsSound): GroupDraft =>
  settled(
    replaced(draft, id, () => []),
    isSound,
  )

/** A row to be added: what it begins with. */
export type Fresh = Said | { readonly kind: 'group' } | { readonly kind: 'some' } | { readonly kind: 'every' }

function freshRow(fresh: Fresh, id: number): RowDraft {
  const group = (at: number): GroupDraft => ({ id: at, kind: 'group', of: 'any', not: false, rows: [] })
  if (fresh.kind === 'group') return { ...group(id), rows: [emptyRow(id + 1)] }
  if (fresh.kind === 'some' || fresh.kind === 'every') {
    const rows = { ...group(id + 1), of: 'all' as const, rows: [emptyRow(id + 2)] }
    return { id, kind: 'entry', of: fresh.kind, not: false, name: 'each', rows, half: true }
  }
  return { id, kind: 'leaf', said: fresh, half: true }
}
const emptyRow = (id: number): LeafDraft => ({ id, kind: 'leaf', said: { kind: 'compare' }, half: true })

/** A row at the end of a group; with its id, so that it can be gone to. */
export function added(
  draft: GroupDraft,
  group: number,
  fresh: Fresh,
  isSound: IsSound,
): { readonly draft: GroupDraft; readonly id: number } {
  const id = highest(draft) + 1
  const into = (row: RowDraft): RowDraft =>
    row.kind === 'group' ? { ...row, rows: [...row.rows, freshRow(fresh, id)] } : row
  return { draft: changed(draft, group, into, isSound), id }
}

/** A row put into a group of its own, where others can join it. */
export function grouped(draft: GroupDraft, id: number, isSound: IsSound): GroupDraft {
  const at = highest(draft) + 1
  const wrap = (row: RowDraft): readonly RowDraft[] => [
    { id: at, kind: 'group', of: 'any', not: false, rows: [row, emptyRow(at + 1)] },
  ]
  return settled(replaced(draft, id, wrap), isSound)
}

/** A group's rows in its place. */
export const ungrouped = (draft: GroupDraft, id: number, isSound: IsSound): GroupDraft =>
  settled(
    replaced(draft, id, (row) => (row.kind === 'group' ? row.rows : [row])),
    isSound,
  )

/**
 * A row one place up or down: past its neighbour, into a group that is its neighbour, out of its group at its end.
 * The very same draft where there is no further place.
 */
export function moved(draft: GroupDraft, id: number, by: 1 | -1, isSound: IsSound): GroupDraft {
  const made = movedIn(draft, id, by)
  return made === undefined || made.out !== undefined ? draft : settled(made.group, isSound)
}

type Moved = { readonly group: GroupDraft; readonly out?: RowDraft }
function movedIn(group: GroupDraft, id: number, by: 1 | -1): Moved | undefined {
  const index = group.rows.findIndex((row) => row.id === id)
  const row = group.rows[index]
  if (row !== undefined) return movedPast(group, row, index, by)
  for (const [at, inner] of group.rows.entries()) {
    if (inner.kind === 'leaf') continue
    const made = movedIn(inner.kind === 'entry' ? inner.rows : inner, id, by)
    if (made === undefined) continue
    if (inner.kind === 'entry')
      // Rows about an entry make no sense outside of it.
      return made.out === undefined
        ? { group: { ...group, rows: group.rows.with(at, { ...inner, rows: made.group }) } }
        : { group }
    const rows = group.rows.with(at, made.group)
    return made.out === undefined
      ? { group: { ...group, rows } }
      : { group: { ...group, rows: rows.toSpliced(by > 0 ? at + 1 : at, 0, made.out) } }
  }
  return undefined
}

function movedPast(group: GroupDraft, row: RowDraft, index: number, by: 1 | -1): Moved {
  const without = group.rows.toSpliced(index, 1)
  const neighbour = group.rows[index + by]
  if (neighbour === undefined) return { group: { ...group, rows: without }, out: row }
  const at = without.indexOf(neighbour)
  if (neighbour.kind !== 'group') return { group: { ...group, rows: without.toSpliced(index + by, 0, row) } }
  const rows = by > 0 ? [row, ...neighbour.rows] : [...neighbour.rows, row]
  return { group: { ...group, rows: without.with(at, { ...neighbour, rows }) } }
}

/** What is half made and never counted, kept when the guard became another one meanwhile. */
export function carried(old: GroupDraft, fresh: GroupDraft): GroupDraft {
  const unfinished = (group: GroupDraft): LeafDraft[] =>
    group.rows.flatMap((row) =>
      row.kind === 'group' ? unfinished(row) : row.kind === 'leaf' && row.was === undefined ? [row] : [],
    )
  const first = highest(fresh) + 1
  const kept = unfinished(old)
    .filter(({ said }) => Object.keys(said).length > 1)
    .map((row, index) => ({ ...row, id: first + index }))
  return kept.length === 0 ? fresh : { ...fresh, rows: [...fresh.rows, ...kept] }
}
