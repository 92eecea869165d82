/**
 * Found jobs as a file for a spreadsheet, made page by page while it is sent.
 *
 * Promises: headings, states, options and people in words of the reader's language; times where the organisation is. Where
 * there are more jobs than a sheet takes, its last line says so.
 * Must not: hold more than a page of jobs in memory.
 */
import type { Job } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Field, Text } from '../../machines/definition/schema.ts'
import { toLocal, type Zone, zoneOf } from '../../machines/time/zone.ts'
import { isMaskedField, seesPlace, sightOf } from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import type { Library } from '../store/library-port.ts'
import type { JobIndex, JobQuery, JobStore } from '../store/port.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv.ts'
import { placeOf } from './index-job.ts'
import { processVersion } from './process-versions.ts'
import type { SheetLanguage } from './report-sheet.ts'

/** More than a spreadsheet is read with. */
const MOST_ROWS = 20_000
const PAGE = 200

const words = (en: string, zh: string) => ({ en, zh })
const HEADINGS = {
  job: words('Job', '工单'),
  process: words('Process', '流程'),
  version: words('Version', '版本'),
  state: words('State', '当前状态'),
  status: words('Status', '进展'),
  due: words('Deadline', '时限'),
  overdue: words('Overdue', '是否超期'),
  suspended: words('Suspended', '是否暂停'),
  assignee: words('Assignee', '负责人'),
  customer: words('Customer', '客户'),
  region: words('Region', '区域'),
  created: words('Started', '发起时间'),
  updated: words('Updated', '更新时间'),
} as const
type Column = keyof typeof HEADINGS
const isColumn = (name: string): name is Column => Object.hasOwn(HEADINGS, name)
const USUAL: readonly Column[] = [
  'job',
  'process',
  'state',
  'status',
  'due',
  'overdue',
  'suspended',
  'customer',
  'assignee',
  'region',
  'created',
  'updated',
]
const STATUS = {
  active: words('Active', '进行中'),
  done: words('Done', '已完成'),
  cancelled: words('Cancelled', '已取消'),
  failed: words('Failed', '未成功'),
} as const satisfies Record<Job['status'], Text>
const HIDDEN = words('hidden from your role', '对您的角色隐藏')
const YES = words('yes', '是')
const CUT = (total: number) =>
  words(
    `Only the first ${MOST_ROWS} of ${total} jobs. Narrow the filter for the others.`,
    `仅含前 ${MOST_ROWS} 张工单，共 ${total} 张。请缩小筛选范围以导出其余工单。`,
  )

/** Before the name of a field in a list of columns. */
const FIELD = 'f.'

type SheetQuery = Pick<JobQuery, 'sort'> & Omit<JobQuery, 'sort' | 'limit' | 'cursor'>
export type JobSheetPort = {
  /** Line by line. `columns`: those of the list, fields as `f.<name>`; what is neither is left out. What the asker is not to see is said to be hidden. */
  sheet(
    query: SheetQuery,
    columns: readonly string[] | undefined,
    language: SheetLanguage,
    asker: Pick<Asker, 'roles' | 'limits'>,
  ): AsyncIterable<string>
}

type SheetDeps = { store: JobStore; library: Library }
type Found = { job: Job; index: JobIndex; compiled: Compiled }
type Reader = { language: SheetLanguage; zone: Zone; nameOf(person: string): string }

export function createJobSheet({ store, library }: SheetDeps): JobSheetPort {
  async function readerOf(language: SheetLanguage): Promise<Reader> {
    const { timeZone } = (await library.settings()).value
    const names = new Map((await library.people()).map(({ id, name }) => [id, name]))
    return { language, zone: zoneOf(timeZone), nameOf: (person) => names.get(person) ?? person }
  }

  /** Titles of fields, of the process asked for or of all: the first that has the field names it. */
  async function titles(
    process: string | undefined,
    language: SheetLanguage,
  ): Promise<(field: string) => string> {
    const ids = process === undefined ? (await library.processes()).map(({ id }) => id) : [process]
    const definitions = (await Promise.all(ids.map((id) => library.latest(id)))).flatMap(
      (latest) => latest ?? [],
    )
    return (field) => {
      const named = definitions
        .map(({ definition }) => definition.schemas.context.properties)
        .find((properties) => Object.hasOwn(properties, field))
      return say(named?.[field]?.meta?.title, language) ?? field
    }
  }

  return {
    async *sheet(query, asked, language, asker) {
      const sight = sightOf(asker)
      const reader = await readerOf(language)
      const title = await titles(query.process, language)
      const columns = (asked ?? USUAL).filter((name) => isColumn(name) || name.startsWith(FIELD))
      const heading = (name: string): string =>
        isColumn(name) ? HEADINGS[name][language] : title(name.slice(FIELD.length))
      yield BYTE_ORDER_MARK + csvLine(columns.map(heading))
      let cursor: string | undefined
      for (let rows = 0; rows < MOST_ROWS; rows += PAGE) {
        const page = await store.list({ ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
        let lines = ''
        for (const { job, index } of page.jobs) {
          const { compiled } = await processVersion(library, job.process, job.version)
          const found = { job, index, compiled }
          const sees = seesPlace(sight, placeOf(compiled, job))
          lines += csvLine(
            columns.map((name) =>
              sees || !isHidden(name, found) ? cellOf(name, found, reader) : HIDDEN[language],
            ),
          )
        }
        yield lines
        cursor = page.next
        if (cursor === undefined) return
      }
      const { sort: _sort, ...filter } = query
      yield csvLine([CUT((await store.count(filter)).total)[language]])
    },
  }
}

const say = (text: Text | undefined, language: SheetLanguage): string | undefined =>
  language === 'zh' ? (text?.zh ?? text?.en) : (text?.en ?? text?.zh)

/** A personal value that is there; an empty cell hides nothing. */
function isHidden(name: string, { job, index, compiled }: Found): boolean {
  if (name === 'customer') return index.customer !== undefined
  const field = name.slice(FIELD.length)
  if (isColumn(name) || !Object.hasOwn(job.snapshot.context.fields, field)) return false
  return isMaskedField(compiled.definition, field)
}

function cellOf(name: string, { job, index, compiled }: Found, reader: Reader): string {
  const { language, zone, nameOf } = reader
  const yes = (is: boolean | undefined): string => (is === true ? YES[language] : '')
  if (!isColumn(name)) {
    const field = name.slice(FIELD.length)
    const properties = compiled.definition.schemas.context.properties
    const { fields } = job.snapshot.context
    return Object.hasOwn(fields, field) ? wordsOf(fields[field], properties[field], reader) : ''
  }
  switch (name) {
    case 'job':
      return job.id
    case 'process':
      return say(compiled.definition.meta.title, language) ?? job.process
    case 'version':
      return String(job.version)
    case 'state':
      return index.active.map((path) => stateOf(path, compiled, language)).join(' / ')
    case 'status':
      return STATUS[job.status][language]
    case 'due':
      return index.dueAt === undefined ? '' : timeOf(index.dueAt, zone)
    case 'overdue':
      return yes(index.overdue)
    case 'suspended':
      return yes(index.suspended)
    case 'assignee':
      return index.assignee === undefined ? '' : nameOf(index.assignee)
    case 'customer':
      return index.customer ?? ''
    case 'region':
      return index.region ?? ''
    case 'created':
      return timeOf(job.createdAt, zone)
    case 'updated':
      return timeOf(job.updatedAt, zone)
  }
}

function stateOf(path: string, { tree }: Compiled, language: SheetLanguage): string {
  const meta = tree.byPath.get(path)?.node.meta
  return (meta !== undefined && 'title' in meta ? say(meta.title, language) : undefined) ?? path
}

/** `2026-03-02 09:30`, which every spreadsheet takes for a time. */
function timeOf(iso: string, zone: Zone): string {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? iso : new Date(toLocal(zone, ms)).toISOString().slice(0, 16).replace('T', ' ')
}

function wordsOf(value: unknown, field: Field | undefined, reader: Reader): string {
  if (value === undefined || value === null) return ''
  if (value === true) return YES[reader.language]
  if (value === false) return ''
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map((each) => wordsOf(each, field?.items, reader)).join('; ')
  if (typeof value !== 'string') return JSON.stringify(value)
  const options = field?.meta?.options
  if (options !== undefined && Object.hasOwn(options, value))
    return say(options[value], reader.language) ?? value
  if (field?.format === 'person') return reader.nameOf(value)
  return field?.format === 'date-time' ? timeOf(value, reader.zone) : value
}
