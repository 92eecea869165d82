/**
 * Conditions as rows: what a person sees, chooses and joins in place of a guard's text.
 *
 * Promises: plain data, never changed in place. What can be put together of these types can be written as a guard.
 * Must not: know how rows are read from a guard, or how they are shown.
 */

/** Where a value comes from. `each` is the entry that a `some` or `every` row is looking at. */
export type Place =
  | { readonly place: 'job' | 'event' | 'each'; readonly path: readonly string[] }
  | { readonly place: 'setting'; readonly name: string }
  | { readonly place: 'item'; readonly item: string }
  /** Without `part`: the linked job itself, which may be there or not. */
  | { readonly place: 'link'; readonly link: string; readonly part?: 'status' | 'process' | 'job' }
  | { readonly place: 'actor'; readonly part: 'id' | 'name' | 'roles' }
  | { readonly place: 'now' }

/** A moment some time after another, or before it (`back`). */
export type Moved = {
  readonly place: 'moved'
  readonly from: Place | Moved
  /** ISO 8601, or a setting or field that holds one. */
  readonly by: { readonly duration: string } | Place
  readonly back: boolean
}
export type Operand = Place | Moved

/** `decimal`: a number written with a point, as a list of such numbers wants it. */
export type Value =
  | Operand
  | { readonly literal: string | number | boolean; readonly decimal?: boolean }
  /** With its offset: `2026-03-02T09:00:00+08:00`. */
  | { readonly moment: string }
  | { readonly literals: readonly (string | number)[]; readonly decimal?: boolean }

export type Operator =
  | 'filled'
  | 'empty'
  | 'yes'
  | 'no'
  | ComparisonName
  | 'one-of'
  | 'none-of'
  | 'in-list'
  | 'not-in-list'
  | 'includes'
  | 'excludes'
  | 'starts-with'
  | 'ends-with'
  | 'contains'
  | 'no-entries'
  | 'some-entries'
  | `count-${ComparisonName}`
export type ComparisonName = 'is' | 'is-not' | 'less' | 'at-most' | 'more' | 'at-least'

/** `value` is there as the operator takes one (`operatorsFor`). */
export type Comparison = {
  readonly kind: 'compare'
  readonly subject: Operand
  readonly operator: Operator
  readonly value?: Value
}

/** What the named guards ask. `not`: it must not be so. */
export type NamedRow = { readonly not: boolean } & (
  | { readonly kind: 'checklist-done'; readonly state?: string; readonly items?: readonly string[] }
  | { readonly kind: 'state'; readonly state: string }
  /** `of`: the field that names the person; without it, the person acting. */
  | { readonly kind: 'qualified'; readonly certificate: string; readonly of?: string }
  /** `windows`: a field with stretches of time; without both, the calendar `working`. */
  | { readonly kind: 'within'; readonly calendar?: string; readonly windows?: string; readonly at?: Operand }
)

/** All or any of its rows; `not` turns the whole round. A group without rows asks nothing. */
export type GroupOf<Row> = {
  readonly kind: 'group'
  readonly of: 'all' | 'any'
  readonly not: boolean
  readonly rows: readonly Row[]
  /** Written as named guards though one expression would do, for so it was found. */
  readonly form?: 'guards'
}

/** Some entry of a list, or every one, meets all of the conditions. `name`: what the entry is called in the text. */
export type EntryRow = {
  readonly kind: 'some' | 'every'
  readonly not: boolean
  readonly list: Place
  readonly name: string
  readonly rows: PlainGroup
}

/** Rows that one expression can say: named guards cannot stand in it. */
export type PlainRow = Comparison | EntryRow | PlainGroup
export interface PlainGroup extends GroupOf<PlainRow> {}
export type Row = Comparison | NamedRow | EntryRow | Group
export interface Group extends GroupOf<Row> {}
