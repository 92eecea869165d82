/**
 * The chapters of a handbook that are a table each: rules, deadlines, roles, events, data, figures.
 *
 * Must not: know HTML or Markdown.
 */
import { own } from '../definition/check-value.ts'
import type { EventRole, Field } from '../definition/schema.ts'
import { NORM_BY_ID } from '../norms.ts'
import { type Book, table } from './handbook-book.ts'
import { rolesOf } from './handbook-states.ts'
import type { Block } from './page.ts'

const KINDS = {
  deadline: { en: 'deadline: running out is a breach', zh: '期限：超时记为违规' },
  reminder: { en: 'reminder', zh: '提醒' },
  step: { en: 'the process moves on', zh: '流程自动推进' },
}

export function rules(book: Book): Block[] {
  const reportable = book.definition.meta.reportable ?? []
  const any = book.tell.say('reported by hand, at any time', '随时可人工登记违规')
  for (const norm of reportable) book.normed([norm], any)
  for (const [name, delay] of Object.entries(book.definition.delays ?? {}))
    book.normed(delay.meta?.norms, book.tell.text(delay.meta?.title, name))
  for (const [type, event] of Object.entries(book.definition.schemas.events)) {
    const title = book.tell.text(event.meta.title, type)
    book.normed(event.meta.norms, title)
    for (const field of Object.values(event.properties ?? {})) book.normed(field.meta?.norms, title)
  }
  for (const field of Object.values(book.definition.schemas.context.properties))
    book.normed(field.meta?.norms, book.tell.text(field.meta?.title, ''))
  for (const setting of Object.values(book.definition.meta.settings ?? {}))
    book.normed(setting.norms, book.tell.text(setting.title, ''))
  const rows = [...book.norms.keys()].sort().map((id) => {
    const norm = NORM_BY_ID.get(id)
    const words = norm === undefined ? '' : book.tell.say(norm.en, norm.zh)
    return [id, words, norm?.figure ?? '', [...(book.norms.get(id) ?? [])].join('\n')]
  })
  return table(
    [
      book.tell.say('Rule', '编号'),
      book.tell.say('What it says', '内容'),
      book.tell.say('Figure', '数值'),
      book.tell.say('Where', '位置'),
    ],
    rows,
  )
}

export function delays(book: Book): Block[] {
  const rows = Object.entries(book.definition.delays ?? {}).map(([name, delay]) => [
    book.tell.text(delay.meta?.title, name),
    book.tell.delay(delay, name),
    KINDS[delay.meta?.kind ?? 'step'][book.tell.language],
    book.tree.nodes
      .filter(({ transitions }) =>
        transitions.some(({ trigger }) => trigger.kind === 'after' && trigger.delay === name),
      )
      .map((place) => book.where(place))
      .join('\n'),
    (delay.meta?.norms ?? []).join(', '),
  ])
  const { say: s } = book.tell
  return table(
    [s('Time', '时限'), s('How long', '时长'), s('Kind', '类型'), s('In', '所在状态'), s('Rules', '规范')],
    rows,
  )
}

export function roles(book: Book): Block[] {
  const byRole = new Map<EventRole, string[]>()
  for (const [type, event] of Object.entries(book.definition.schemas.events))
    for (const role of event.meta.roles)
      byRole.set(role, [...(byRole.get(role) ?? []), book.tell.event(type)])
  const rows = [...byRole].map(([role, events]) => [book.tell.roles([role]), book.tell.list(events)])
  return table([book.tell.say('Role', '角色'), book.tell.say('May', '可执行')], rows)
}

export function events(book: Book): Block[] {
  const rows = Object.entries(book.definition.schemas.events).map(([type, event]) => [
    [
      book.tell.text(event.meta.title, type),
      type,
      ...(event.meta.description === undefined ? [] : [book.tell.text(event.meta.description, '')]),
    ].join('\n'),
    rolesOf(book, type),
    Object.entries(event.properties ?? {})
      .map(
        ([name, field]) =>
          `${fieldLine(book, name, field)}${(event.required ?? []).includes(name) ? book.tell.say(', required', ',必填') : ''}`,
      )
      .join('\n'),
    (event.meta.norms ?? []).join(', '),
  ])
  const { say: s } = book.tell
  return table([s('Event', '事件'), s('Who', '角色'), s('Carries', '携带数据'), s('Rules', '规范')], rows)
}

function fieldLine(book: Book, name: string, field: Field): string {
  const options = field.enum
    ?.map((value) => book.tell.text(own(field.meta?.options, value), value))
    .join(' | ')
  return `${book.tell.text(field.meta?.title, name)} (${options ?? [field.type, field.format].filter(Boolean).join(' ')})`
}

export function fields(book: Book): Block[] {
  const { properties, required = [] } = book.definition.schemas.context
  const { say: s } = book.tell
  const rows = Object.entries(properties).map(([name, field]) => [
    [
      fieldLine(book, name, field),
      ...(field.meta?.description === undefined ? [] : [book.tell.text(field.meta.description, '')]),
    ].join('\n'),
    name,
    [
      ...(required.includes(name) ? [s('needed at the start', '创建时必填')] : []),
      ...(field.meta?.personal === true ? [s('personal', '个人信息')] : []),
      ...(field.meta?.locked === true ? [s('set by the process alone', '仅由流程写入')] : []),
    ].join('\n'),
    (field.meta?.norms ?? []).join(', '),
  ])
  return table([s('Field', '字段'), s('Name', '名称'), s('Notes', '说明'), s('Rules', '规范')], rows)
}

export function settings(book: Book): Block[] {
  const rows = Object.values(book.definition.meta.settings ?? {}).map((setting) => [
    book.tell.text(setting.title, ''),
    Array.isArray(setting.value) ? setting.value.join(', ') : String(setting.value),
    (setting.norms ?? []).join(', '),
  ])
  return table(
    [book.tell.say('Figure', '参数'), book.tell.say('Value', '值'), book.tell.say('Rules', '规范')],
    rows,
  )
}
