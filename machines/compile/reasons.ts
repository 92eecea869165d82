/**
 * Why something is barred, in words of the definition: titles rather than names, values rather than expressions.
 *
 * Promises: each reason names its code, both languages, and what would have to change.
 * Must not: decide anything.
 */
import type { Certificate, JobStatus, Reason } from '../advance/job.ts'
import { own, type ValueProblem } from '../definition/check-value.ts'
import { child, tokensOf } from '../definition/pointer.ts'
import { ROLE_WORDS } from '../definition/role-words.ts'
import type { Definition, EventRole, Field, Guard, StateNode, Text } from '../definition/schema.ts'
import type { Calendar } from '../time/calendar.ts'
import { dateInWords } from '../time/preview.ts'
import type { PlacedItem } from './checklists.ts'

/** A text in one language, in the other where it is missing, else the fallback. */
export const inWords = (text: Text | undefined, fallback: string): { en: string; zh: string } => ({
  en: text?.en ?? text?.zh ?? fallback,
  zh: text?.zh ?? text?.en ?? fallback,
})

const fieldOf = (definition: Definition, path: string): Field | undefined => {
  const [scope, name = ''] = path.split('.')
  return scope === 'job' ? own(definition.schemas.context.properties, name) : undefined
}

/** What people call `job.backupConfirmed`, `checklist.signed` or `settings.period`. */
function titleOf(definition: Definition, path: string): { en: string; zh: string } {
  const [scope, name = ''] = path.split('.')
  if (scope === 'settings') return inWords(own(definition.meta.settings, name)?.title, path)
  return inWords(fieldOf(definition, path)?.meta?.title, path)
}

function valueInWords(definition: Definition, path: string, value: unknown): { en: string; zh: string } {
  if (value === null || value === undefined) return { en: 'not filled in', zh: '未填写' }
  if (typeof value === 'boolean') return value ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }
  const option = own(fieldOf(definition, path)?.meta?.options, String(value))
  return inWords(option, typeof value === 'string' ? value : JSON.stringify(value))
}

type Words = { en: string; zh: string }
type FalsePart = { expression: string; values: Record<string, unknown> }

const PATH = String.raw`((?:job|settings|checklist)\.[A-Za-z_]\w*)`
const HAS = new RegExp(`^has\\(${PATH}\\)$`)
const YES = new RegExp(`^${PATH}(?: == true)?$`)
const NO = new RegExp(`^(?:!${PATH}|!\\(${PATH}\\)|${PATH} == false)$`)
const EQUALS = new RegExp(`^${PATH} == (?:'([^']*)'|"([^"]*)"|(-?[\\d.]+))$`)

/** What must be so, for the forms that most guards have. */
function demand(
  definition: Definition,
  { expression }: FalsePart,
): { path: string; must: Words } | undefined {
  const yes = YES.exec(expression)?.[1]
  if (yes !== undefined) return { path: yes, must: { en: 'must be yes', zh: '须为“是”' } }
  const no = NO.exec(expression)?.slice(1).find(Boolean)
  if (no !== undefined) return { path: no, must: { en: 'must be no', zh: '须为“否”' } }
  const equals = EQUALS.exec(expression)
  const [path, ...wanted] = equals?.slice(1) ?? []
  if (path === undefined) return undefined
  const value = valueInWords(
    definition,
    path,
    wanted.find((each) => each !== undefined),
  )
  return { path, must: { en: `must be ${value.en}`, zh: `须为“${value.zh}”` } }
}

/** The expression with titles for names. */
const withTitles = (definition: Definition, expression: string, language: keyof Words): string =>
  expression.replaceAll(new RegExp(PATH, 'g'), (path) => `“${titleOf(definition, path)[language]}”`)

/** A part of an expression that was false, in words; `expression` keeps it as it is written. */
export function partFalse(definition: Definition, part: FalsePart): Reason {
  const missing = HAS.exec(part.expression)?.[1]
  if (missing !== undefined) return { ...fieldMissing(definition, missing), expression: part.expression }
  return {
    code: 'condition-false',
    message: falseInWords(definition, part),
    expression: part.expression,
    values: part.values,
  }
}

function falseInWords(definition: Definition, part: FalsePart): Words {
  const wanted = demand(definition, part)
  if (wanted !== undefined) {
    const title = titleOf(definition, wanted.path)
    const now = valueInWords(definition, wanted.path, part.values[wanted.path])
    return {
      en: `${title.en} ${wanted.must.en} (now: ${now.en})`,
      zh: `${title.zh}${wanted.must.zh}（现为：${now.zh}）`,
    }
  }
  const seen = Object.entries(part.values).map(([path, value]) => {
    const title = titleOf(definition, path)
    const words = valueInWords(definition, path, value)
    return { en: `${title.en}: ${words.en}`, zh: `${title.zh}：${words.zh}` }
  })
  const en = seen.map((each) => each.en).join('; ')
  const zh = seen.map((each) => each.zh).join('；')
  return {
    en: `Needs ${withTitles(definition, part.expression, 'en')}${en === '' ? '' : ` (${en})`}`,
    zh: `需满足 ${withTitles(definition, part.expression, 'zh')}${zh === '' ? '' : `（${zh}）`}`,
  }
}

export function fieldMissing(definition: Definition, path: string): Reason {
  const title = titleOf(definition, path)
  return {
    code: 'field-missing',
    message: { en: `${title.en} is not filled in yet`, zh: `${title.zh}尚未填写` },
    expression: path,
    values: { [path]: null },
  }
}

export function fieldLocked(definition: Definition, name: string): Reason {
  const title = inWords(own(definition.schemas.context.properties, name)?.meta?.title, name)
  return {
    code: 'field-locked',
    message: {
      en: `${title.en} is set by the process alone, and cannot be corrected by hand`,
      zh: `${title.zh}只能由流程写入，不可手工更正`,
    },
    pointer: child('', name),
  }
}

export function itemOpen({ item }: PlacedItem): Reason {
  const title = inWords(item.title, item.id)
  return {
    code: 'item-open',
    message: { en: `Still to be ticked: ${title.en}`, zh: `待勾选：${title.zh}` },
    item: item.id,
    norms: item.norms ?? [],
  }
}

/** Not open for ticking now; `placed` where the process has such an item at all. */
export function itemNotHere(placed: PlacedItem | undefined, id: string): Reason {
  const title = inWords(placed?.item.title, id)
  return plain('unknown-item', `“${title.en}” cannot be ticked now`, `“${title.zh}”目前不可勾选`)
}

/** Of an event that the process has, but takes elsewhere. */
export function notHere(definition: Definition, type: string): Reason {
  const title = inWords(own(definition.schemas.events, type)?.meta.title, type)
  return plain(
    'not-allowed-here',
    `The present state does not take “${title.en}”`,
    `当前状态不接受“${title.zh}”`,
  )
}

function stateTitle(definition: Definition, path: string): { en: string; zh: string } {
  let states: Record<string, StateNode> | undefined = definition.states
  let found: StateNode | undefined
  for (const key of path.split('.')) {
    found = own(states, key)
    states = found?.states
  }
  return inWords(found?.meta?.title, path)
}

export function notInState(definition: Definition, path: string): Reason {
  const title = stateTitle(definition, path)
  return {
    code: 'state-needed',
    message: { en: `Only while in “${title.en}”`, zh: `仅在“${title.zh}”状态下可行` },
    expression: path,
  }
}

export function mustNotHold(
  definition: Definition,
  guard: Guard,
  calendars: Readonly<Record<string, Calendar>>,
): Reason {
  if (!('@expr' in guard) && guard.type === 'stateIn') {
    const title = stateTitle(definition, guard.params.state)
    return {
      code: 'state-forbidden',
      message: { en: `Not while in “${title.en}”`, zh: `处于“${title.zh}”状态时不可行` },
      expression: guard.params.state,
    }
  }
  if (!('@expr' in guard) && guard.type === 'within') {
    const { windows, calendar = 'working' } = guard.params
    const title =
      windows === undefined
        ? inWords(own(calendars, calendar)?.title, calendar)
        : titleOf(definition, `job.${windows}`)
    return {
      code: 'time-forbidden',
      message: { en: `Not allowed at this time (${title.en})`, zh: `此时段内不可行（${title.zh}）` },
      expression: windows ?? calendar,
    }
  }
  const what = '@expr' in guard ? guard['@expr'] : guard.type
  const [en, zh] = [withTitles(definition, what, 'en'), withTitles(definition, what, 'zh')]
  return {
    code: 'condition-true',
    message: { en: `Must not be so: ${en}`, zh: `不得满足：${zh}` },
    expression: what,
  }
}

export function certificateMissing(
  definition: Definition,
  certificate: string,
  held: readonly Certificate[],
): Reason {
  const title = inWords(own(definition.meta.certificates, certificate), certificate)
  const lapsed = held.find((each) => each.kind === certificate)
  const until = lapsed?.validUntil.slice(0, 10)
  return {
    code: 'certificate-missing',
    message:
      until === undefined
        ? { en: `A valid certificate is needed: ${title.en}`, zh: `需要有效的${title.zh}` }
        : {
            en: `The certificate “${title.en}” is not valid now (it runs until ${until})`,
            zh: `${title.zh}当前无效（有效期至 ${until}）`,
          },
    certificate,
  }
}

export function outsideCalendar(calendar: Calendar, at: number, timeZone: string): Reason {
  const title = inWords(calendar.title, '')
  const when = dateInWords(at, timeZone)
  return {
    code: 'outside-calendar',
    message: { en: `${when.en} lies outside “${title.en}”`, zh: `${when.zh}不在“${title.zh}”范围内` },
  }
}
export function outsideWindows(definition: Definition, field: string): Reason {
  const title = titleOf(definition, `job.${field}`)
  return {
    code: 'outside-windows',
    message: { en: `Outside the agreed times (${title.en})`, zh: `不在约定时段内（${title.zh}）` },
  }
}
export const unknownCalendar = (name: string): Reason => ({
  code: 'unknown-calendar',
  message: { en: `There is no calendar “${name}”`, zh: `没有名为“${name}”的日历` },
})

export function valueWrong(definition: Definition, problem: ValueProblem, event?: string): Reason {
  const name = tokensOf(problem.pointer)[0] ?? ''
  const schema = event === undefined ? definition.schemas.context : own(definition.schemas.events, event)
  const title = inWords(own(schema?.properties, name)?.meta?.title, name)
  return {
    code: 'value-invalid',
    message: { en: `${title.en} ${problem.message.en}`, zh: `${title.zh}：${problem.message.zh}` },
    pointer: problem.pointer,
  }
}
/** One reason for each role that would do; read one after the other they are one sentence. */
export const roleMissing = (roles: readonly EventRole[]): Reason[] =>
  roles.map((role, nth) => {
    const [en, zh] = [ROLE_WORDS.en[role], ROLE_WORDS.zh[role]]
    return {
      code: 'role-missing',
      message:
        nth === 0
          ? { en: `Needs the role ${en}`, zh: `需要角色：${zh}` }
          : { en: `or the role ${en}`, zh: `或角色：${zh}` },
      role,
    }
  })

const OVER: Readonly<Record<Exclude<JobStatus, 'active'>, Words>> = {
  done: { en: 'done', zh: '已完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  failed: { en: 'failed', zh: '已失败' },
}
export function jobOver(status: JobStatus): Reason {
  const how = status === 'active' ? undefined : OVER[status]
  return plain('job-over', `The job is over (${how?.en ?? status})`, `工单已结束（${how?.zh ?? status}）`)
}
export const plain = (code: string, en: string, zh: string): Reason => ({ code, message: { en, zh } })
