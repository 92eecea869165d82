import { describe, expect, it } from 'vitest'
import {
  askedBy,
  columnsOf,
  isFiltered,
  putColumns,
  sheetColumns,
  sortOf,
  USUAL_COLUMNS,
  unfiltered,
} from '../../../designer/jobs/job-list-query.ts'

/** A Wednesday, half past four in the afternoon where the test runs. */
const NOW = new Date(2026, 2, 4, 16, 30).getTime()
const day = (date: number): string => new Date(2026, 2, date).toISOString()
const asked = (search: string) => askedBy(new URLSearchParams(search), NOW, 'zhou')

describe('what an address asks for', () => {
  it.each([
    ['nothing', '', {}],
    [
      'plain filters',
      'process=visit&state=a.b&status=active&text=%20SN1%20',
      { process: 'visit', state: 'a.b', status: 'active', text: 'SN1' },
    ],
    ['flags only where they are on', 'overdue=true&suspended=false', { overdue: 'true' }],
    ['the reader himself', 'assignee=me', { assignee: 'zhou' }],
    ['someone else', 'assignee=chen', { assignee: 'chen' }],
    ['today', 'due=today', { dueFrom: day(4), dueTo: day(5) }],
    ['tomorrow', 'due=tomorrow', { dueFrom: day(5), dueTo: day(6) }],
    ['seven days from today', 'due=week', { dueFrom: day(4), dueTo: day(11) }],
    ['the last seven days', 'created=week', { createdFrom: day(-2), createdTo: day(5) }],
    [
      'days by name, the last one whole',
      'dueFrom=2026-03-06&dueTo=2026-03-07',
      { dueFrom: day(6), dueTo: day(8) },
    ],
    ['a word before days', 'due=today&dueFrom=2026-03-06', { dueFrom: day(4), dueTo: day(5) }],
    ['no day that is none', 'dueFrom=soon&due=constructor&createdTo=', {}],
  ])('%s', (_what, search, expected) => {
    expect(asked(search)).toEqual(expected)
  })
  it('is filtered by everything that narrows, and unfiltered keeps order and columns', () => {
    expect(isFiltered(new URLSearchParams('sort=dueAt&columns=job'))).toBe(false)
    const search = new URLSearchParams('sort=dueAt&columns=job,state&text=x&due=today&region=y')
    expect(isFiltered(search)).toBe(true)
    expect(unfiltered(search).toString()).toBe('sort=dueAt&columns=job%2Cstate')
  })
  it('is in an order that there is', () => {
    expect(sortOf(new URLSearchParams('sort=dueAt'))).toBe('dueAt')
    expect(sortOf(new URLSearchParams('sort=price'))).toBe('-updatedAt')
  })
})

describe('columns', () => {
  it('are those of the address that there are, the job always among them', () => {
    expect(columnsOf(new URLSearchParams())).toEqual(USUAL_COLUMNS)
    expect(columnsOf(new URLSearchParams('columns=due,nonsense,f.serialNumber,due,f.'))).toEqual([
      'job',
      'due',
      'f.serialNumber',
    ])
  })
  it('leave the address where they are the usual ones', () => {
    const search = new URLSearchParams('text=x')
    const chosen = putColumns(search, ['job', 'f.plate'])
    expect(columnsOf(chosen)).toEqual(['job', 'f.plate'])
    expect(putColumns(chosen, USUAL_COLUMNS).toString()).toBe('text=x')
  })
  it('are in a sheet what they are in the table, each once', () => {
    expect(sheetColumns(['job', 'about', 'customer', 'due', 'f.plate'])).toBe(
      'job,process,customer,f.problem,due,overdue,suspended,f.plate',
    )
  })
})
