/**
 * Which jobs a list shows, in which order and with which columns: as it stands in the address, so that a list can be kept
 * and passed on.
 *
 * Promises: what an address cannot mean is left out, never guessed. Days are those of whoever reads.
 * Must not: fetch, or hold words.
 */

/** What the server is asked by; a name and its text each. */
export type Asked = Readonly<Record<string, string>>

export const SORTS = ['-updatedAt', 'updatedAt', 'dueAt', '-createdAt', 'createdAt'] as const
export type Sort = (typeof SORTS)[number]
const USUAL_SORT: Sort = '-updatedAt'
export const sortOf = (search: URLSearchParams): Sort =>
  SORTS.find((each) => each === search.get('sort')) ?? USUAL_SORT

/** Filters that go to the server as they are. */
const PLAIN = ['process', 'version', 'state', 'status', 'customer', 'region', 'text'] as const
const FLAGS = ['overdue', 'suspended'] as const
/** Stretches of days that are counted from today. */
export const DUE = ['today', 'tomorrow', 'week'] as const
export const STARTED = ['today', 'week', 'month'] as const
const DAYS = ['dueFrom', 'dueTo', 'createdFrom', 'createdTo'] as const
/** Everything that narrows a list; order and columns do not. */
const FILTERS = [...PLAIN, ...FLAGS, 'assignee', 'due', 'created', ...DAYS] as const
export type FilterName = (typeof FILTERS)[number]
/** Stands for whoever reads, so that a view can be passed on. */
export const ME = 'me'

export const isFiltered = (search: URLSearchParams): boolean =>
  FILTERS.some((name) => (search.get(name) ?? '') !== '')
export const unfiltered = (search: URLSearchParams): URLSearchParams => {
  const next = new URLSearchParams(search)
  for (const name of FILTERS) next.delete(name)
  return next
}

/** Midnight of a day where the reader is, `days` on. */
function midnight(day: Date, days: number): string {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).toISOString()
}
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
function dayFrom(text: string | null): Date | undefined {
  const found = DAY.exec(text ?? '')
  if (found === null) return undefined
  const day = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]))
  return Number.isNaN(day.getTime()) ? undefined : day
}

type Range = { from?: string; to?: string }
/** `near`: how many days from today a word's stretch begins and ends. */
function rangeOf(
  search: URLSearchParams,
  name: 'due' | 'created',
  near: Readonly<Record<string, readonly [number, number]>>,
  now: number,
): Range {
  const word = search.get(name) ?? ''
  const [begin, end] = (Object.hasOwn(near, word) ? near[word] : undefined) ?? []
  if (begin !== undefined && end !== undefined) {
    const today = new Date(now)
    return { from: midnight(today, begin), to: midnight(today, end) }
  }
  const [from, to] = [dayFrom(search.get(`${name}From`)), dayFrom(search.get(`${name}To`))]
  return {
    ...(from === undefined ? {} : { from: midnight(from, 0) }),
    // The last day is part of it.
    ...(to === undefined ? {} : { to: midnight(to, 1) }),
  }
}

/** What the filters of an address ask the server for. `me`: the reader's id. */
export function askedBy(search: URLSearchParams, now: number, me: string): Asked {
  const asked: Record<string, string> = {}
  for (const name of PLAIN) {
    const value = search.get(name)?.trim() ?? ''
    if (value !== '') asked[name] = value
  }
  for (const name of FLAGS) if (search.get(name) === 'true') asked[name] = 'true'
  const assignee = search.get('assignee') ?? ''
  if (assignee !== '') asked.assignee = assignee === ME ? me : assignee
  const due = rangeOf(search, 'due', { today: [0, 1], tomorrow: [1, 2], week: [0, 7] }, now)
  const created = rangeOf(search, 'created', { today: [0, 1], week: [-6, 1], month: [-29, 1] }, now)
  if (due.from !== undefined) asked.dueFrom = due.from
  if (due.to !== undefined) asked.dueTo = due.to
  if (created.from !== undefined) asked.createdFrom = created.from
  if (created.to !== undefined) asked.createdTo = created.to
  return asked
}

/* ------------------------------------------------------------- columns */

export const COLUMNS = [
  'job',
  'state',
  'status',
  'due',
  'about',
  'customer',
  'assignee',
  'region',
  'version',
  'created',
  'updated',
] as const
type Known = (typeof COLUMNS)[number]
/** One of the known ones, or a field as `f.<name>`. */
export type Column = Known | `f.${string}`
export const USUAL_COLUMNS: readonly Column[] = [
  'job',
  'state',
  'status',
  'due',
  'about',
  'assignee',
  'updated',
]
const FIELD = 'f.'

export const isKnown = (column: Column): column is Known => COLUMNS.some((each) => each === column)
export const fieldIn = (column: Column): string | undefined =>
  isKnown(column) ? undefined : column.slice(FIELD.length)
export const columnOf = (field: string): Column => `f.${field}`

function columnFrom(text: string): Column | undefined {
  const known = COLUMNS.find((each) => each === text)
  if (known !== undefined) return known
  return text.startsWith(FIELD) && text.length > FIELD.length ? columnOf(text.slice(FIELD.length)) : undefined
}

/** Those of the address, the job always among them; else the usual ones. */
export function columnsOf(search: URLSearchParams): readonly Column[] {
  const asked = search.get('columns')
  if (asked === null) return USUAL_COLUMNS
  const found = [...new Set(asked.split(','))].flatMap((text) => columnFrom(text) ?? [])
  return found.includes('job') ? found : ['job', ...found]
}

export const putColumns = (search: URLSearchParams, columns: readonly Column[]): URLSearchParams => {
  const next = new URLSearchParams(search)
  if (columns.join() === USUAL_COLUMNS.join()) next.delete('columns')
  else next.set('columns', columns.join())
  return next
}

/** The sheet's own names of what these columns show. */
export const sheetColumns = (columns: readonly Column[]): string =>
  columns
    .flatMap((column) =>
      column === 'job'
        ? ['job', 'process']
        : column === 'about'
          ? ['customer', 'f.problem']
          : column === 'due'
            ? ['due', 'overdue', 'suspended']
            : [column],
    )
    .filter((name, at, all) => all.indexOf(name) === at)
    .join()
