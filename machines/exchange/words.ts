/**
 * What a definition holds, in words of either language: for drawings in text and the handbook.
 *
 * Promises: an answer for everything a valid definition may hold. Must not: format a page.
 */
import { own } from '../definition/check-value.ts'
import type { Action, Definition, Delay, Guard, Recipient, Role, Text, Value } from '../definition/schema.ts'
import type { TreeNode, TreeTransition } from '../definition/tree.ts'
import { formatDuration, isDuration } from '../time/duration.ts'

export type Language = 'en' | 'zh'

/** A text in a language, in the other where it is missing. */
export const inLanguage = (text: Text | undefined, language: Language, fallback: string): string =>
  (language === 'zh' ? (text?.zh ?? text?.en) : (text?.en ?? text?.zh)) ?? fallback
export const say = (language: Language, en: string, zh: string): string => (language === 'zh' ? zh : en)

export const titleOf = (place: TreeNode, definition: Definition, language: Language): string =>
  inLanguage(place.parent === undefined ? definition.meta.title : place.node.meta?.title, language, place.key)

const ROLES: Record<Role | 'system', { en: string; zh: string }> = {
  administrator: { en: 'Administrator', zh: '管理员' },
  'process-owner': { en: 'Process owner', zh: '流程负责人' },
  dispatcher: { en: 'Dispatcher', zh: '调度员' },
  engineer: { en: 'Engineer', zh: '工程师' },
  'hotline-agent': { en: 'Hotline agent', zh: '热线接线员' },
  'front-desk': { en: 'Front desk', zh: '前台' },
  'stock-keeper': { en: 'Stock keeper', zh: '库管员' },
  'safety-officer': { en: 'Safety officer', zh: '安全员' },
  customer: { en: 'Customer', zh: '客户' },
  trainer: { en: 'Trainer', zh: '培训师' },
  auditor: { en: 'Auditor', zh: '审计员' },
  system: { en: 'Linked jobs', zh: '关联工单' },
}
export const roleName = (role: Role | 'system', language: Language): string => ROLES[role][language]

export const eventTitle = (type: string, definition: Definition, language: Language): string =>
  type === '*'
    ? say(language, 'any event', '任何事件')
    : inLanguage(own(definition.schemas.events, type)?.meta.title, language, type)
const fieldTitle = (name: string, definition: Definition, language: Language): string =>
  inLanguage(own(definition.schemas.context.properties, name)?.meta?.title, language, name)

/** `30 minutes of working time, from job.appointment`. */
export function delayText({ duration, from, calendar }: Delay, language: Language): string {
  const span =
    typeof duration === 'string'
      ? isDuration(duration)
        ? formatDuration(duration, language)
        : duration
      : duration['@expr']
  const begin = from === undefined ? '' : say(language, ` from ${from['@expr']}`, `,自 ${from['@expr']} 起`)
  const open = calendar === undefined ? '' : say(language, ` (calendar: ${calendar})`, `(日历:${calendar})`)
  return `${span}${begin}${open}`
}

/** What sets a transition off. */
export function triggerText(
  { trigger, transition }: TreeTransition,
  definition: Definition,
  language: Language,
): string {
  const own_ = transition.meta?.title
  const title = own_ === undefined ? undefined : inLanguage(own_, language, '')
  switch (trigger.kind) {
    case 'on':
      return title ?? eventTitle(trigger.descriptor, definition, language)
    case 'after': {
      const delay = own(definition.delays, trigger.delay)
      const named = inLanguage(delay?.meta?.title, language, trigger.delay)
      return title ?? say(language, `after: ${named}`, `到时:${named}`)
    }
    case 'always':
      return title ?? say(language, 'at once', '自动')
    case 'done':
      return title ?? say(language, 'when done', '完成后')
  }
}

/** A condition, its expressions as they are written. */
export function guardText(guard: Guard, language: Language): string {
  if ('@expr' in guard) return guard['@expr']
  switch (guard.type) {
    case 'and':
    case 'or': {
      const sign = guard.type === 'and' ? say(language, ' and ', ' 且 ') : say(language, ' or ', ' 或 ')
      return guard.params.guards.map((each) => `(${guardText(each, language)})`).join(sign)
    }
    case 'not':
      return say(
        language,
        `not (${guardText(guard.params.guard, language)})`,
        `非(${guardText(guard.params.guard, language)})`,
      )
    case 'checklistDone':
      return say(language, 'the checklist is done', '检查清单已完成')
    case 'stateIn':
      return say(language, `the job is in ${guard.params.state}`, `工单处于 ${guard.params.state}`)
    case 'qualified': {
      const { certificate, of } = guard.params
      return of === undefined
        ? say(language, `a valid certificate: ${certificate}`, `持有效证书:${certificate}`)
        : say(language, `${of} holds a valid certificate: ${certificate}`, `${of} 持有效证书:${certificate}`)
    }
    case 'within': {
      const name = guard.params.windows ?? guard.params.calendar ?? 'working'
      return say(language, `within “${name}”`, `在“${name}”时段内`)
    }
  }
}

const valueText = (value: Value): string =>
  typeof value === 'object' && value !== null && '@expr' in value ? value['@expr'] : JSON.stringify(value)
const recipients = (to: readonly Recipient[], definition: Definition, language: Language): string =>
  to
    .map((each) =>
      'role' in each ? roleName(each.role, language) : fieldTitle(each.field, definition, language),
    )
    .join(say(language, ', ', '、'))

const SEVERITIES = {
  minor: { en: 'minor', zh: '轻微' },
  major: { en: 'major', zh: '严重' },
  critical: { en: 'critical', zh: '重大' },
}

/** An action as a sentence. */
export function actionText(action: Action, definition: Definition, language: Language): string {
  switch (action.type) {
    case '@xstate.assign': {
      const set = Object.entries(action.context).map(
        ([name, value]) =>
          `${fieldTitle(name, definition, language)} ${value === null ? say(language, 'to nothing', '清空') : `= ${valueText(value)}`}`,
      )
      return say(language, `set ${set.join(', ')}`, `写入 ${set.join('、')}`)
    }
    case '@xstate.raise': {
      const event = eventTitle(action.event.type, definition, language)
      return action.delay === undefined
        ? say(language, `raise “${event}”`, `触发“${event}”`)
        : say(language, `raise “${event}” after ${action.delay}`, `${action.delay} 后触发“${event}”`)
    }
    case '@xstate.cancel':
      return say(language, `take back ${action.id}`, `取消 ${action.id}`)
    case 'breach':
      return say(
        language,
        `breach of ${action.params.norm} (${SEVERITIES[action.params.severity].en})`,
        `记录违规 ${action.params.norm}(${SEVERITIES[action.params.severity].zh})`,
      )
    case 'remind':
    case 'notify': {
      const to = recipients(action.params.to, definition, language)
      const words = inLanguage(action.params.message, language, '')
      return action.type === 'remind'
        ? say(language, `remind ${to}: “${words}”`, `提醒${to}:“${words}”`)
        : say(language, `notify ${to}: “${words}”`, `通知${to}:“${words}”`)
    }
    case 'startJob':
      return say(language, `start a job of ${action.params.process}`, `创建 ${action.params.process} 工单`)
    case 'signal': {
      const to =
        action.params.to === 'parent' ? say(language, 'the parent job', '上级工单') : action.params.to.link
      return say(language, `send “${action.params.event}” to ${to}`, `向${to}发送“${action.params.event}”`)
    }
  }
}
