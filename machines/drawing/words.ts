/**
 * What a drawing says: triggers, guards, actions and delays in the reader's words.
 *
 * Promises: an answer for everything a definition may hold, also where a reference leads nowhere.
 * Must not: decide sizes or places, or evaluate an expression; expressions are only made easier to read.
 */
import { inLanguage } from '../definition/in-language.ts'
import type { Action, Delay, Guard, Recipient, Text } from '../definition/schema.ts'
import { DEFAULT_CALENDARS } from '../time/default-calendars.ts'
import { formatDuration, isDuration } from '../time/duration.ts'
import type { ChartModel, ChartState, ChartTransition, Trigger } from './model.ts'
import type { Translate } from './text/translate.ts'

export type Words = {
  tell: Translate
  language: string
  model: ChartModel
  /** Titles of the organisation's calendars; without them, of those that every organisation starts with. */
  calendars?: ReadonlyMap<string, Text>
}

export const stateTitle = (state: ChartState, words: Words): string =>
  inLanguage(state.title, words.language, state.key) || state.key

export function titleAt(path: string, words: Words): string {
  const state = words.model.states.get(path)
  return state === undefined ? path : stateTitle(state, words)
}

const fieldTitle = (name: string, words: Words): string =>
  inLanguage(words.model.fields.get(name), words.language, name)

const certificateTitle = (kind: string, { model, language }: Words): string =>
  inLanguage(model.certificates.get(kind), language, kind)

function calendarTitle(key: string, { calendars, language }: Words): string {
  const known = DEFAULT_CALENDARS.calendars
  const title = calendars?.get(key) ?? (Object.hasOwn(known, key) ? known[key]?.title : undefined)
  return inLanguage(title, language, key)
}

const TOKENS =
  /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\bhas\(\s*((?:job|event|links)\.\w+)\s*\)|\b((?:job|event|settings|checklist)\.\w+)|\s*(&&|\|\|)\s*|!(?!=)|\s*(==|!=|<=|>=)\s*|\s+in\s+|\b(?:duration|timestamp)\(([^()]*)\)/g

/** `job.engineer` by its title; a setting that is a duration or a number by its value. */
function nameInWords(path: string, words: Words): string {
  const { model, language } = words
  const [scope = '', name = ''] = path.split('.')
  if (scope === 'job') return fieldTitle(name, words)
  if (scope === 'event') return inLanguage(model.payload.get(name), language, name)
  if (scope === 'checklist') return inLanguage(model.items.get(name), language, name)
  const setting = model.settings.get(name)
  if (setting === undefined) return path
  if (typeof setting.value === 'number') return String(setting.value)
  const span = typeof setting.value === 'string' ? spanInWords(setting.value, language) : undefined
  return span === undefined ? inLanguage(setting.title, language, name) : span
}

/** An expression with titles for field names and words for signs. What is not understood stays as it is. */
export function expressionInWords(expression: string, words: Words): string {
  const { tell } = words
  const signs: Record<string, string> = { '==': '=', '!=': '≠', '<=': '≤', '>=': '≥' }
  return expression
    .replace(TOKENS, (whole, quoted, tested, named, connective, sign, wrapped) => {
      if (typeof quoted === 'string') return quoted
      if (typeof tested === 'string') return tell('guard.set', { what: nameInWords(tested, words) })
      if (typeof named === 'string') return nameInWords(named, words)
      if (typeof wrapped === 'string') return expressionInWords(wrapped, words)
      if (connective === '&&') return ` ${tell('guard.and')} `
      if (connective === '||') return ` ${tell('guard.or')} `
      if (typeof sign === 'string') return ` ${signs[sign] ?? sign} `
      if (whole === '!') return `${tell('guard.notSign')} `
      return ` ${tell('guard.in')} `
    })
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** A span of time without its sign; undefined where it is none. */
const spanInWords = (duration: string, language: string): string | undefined =>
  isDuration(duration)
    ? formatDuration(duration.replace(/^-/, ''), language.startsWith('zh') ? 'zh' : 'en')
    : undefined

/** A guard in words; `unknown` for one that is none (a draft may hold anything). */
export const guardInWords = (guard: Guard, words: Words): string =>
  toldSafely(() => guardWords(guard, words, 0), words.tell('guard.unknown'))
/** An action in words, likewise. */
export const actionInWords = (action: Action, words: Words): string =>
  toldSafely(() => actionWords(action, words), words.tell('action.unknown'))
/** "after 30 minutes", "4 hours before Appointment": the bare span is all that `step` delays need. */
export const delayInWords = (delay: Delay | undefined, key: string, words: Words): string =>
  toldSafely(() => delayWords(delay, key, words), words.tell('trigger.unknownDelay', { delay: key }))

/** What is damaged beyond the shapes of the language is told as unknown; the drawing goes on. */
function toldSafely(tell: () => string, otherwise: string): string {
  try {
    return tell()
  } catch {
    return otherwise
  }
}

function guardWords(guard: Guard, words: Words, depth: number): string {
  const { tell } = words
  if ('@expr' in guard) return expressionInWords(guard['@expr'], words)
  if (depth > 6) return '…'
  switch (guard.type) {
    case 'and':
    case 'or': {
      const parts = (guard.params?.guards ?? []).map((each) => guardWords(each, words, depth + 1))
      const joined = parts.join(` ${tell(guard.type === 'and' ? 'guard.and' : 'guard.or')} `)
      return depth > 0 && parts.length > 1 ? `(${joined})` : joined
    }
    case 'not':
      return guard.params?.guard === undefined
        ? tell('guard.unknown')
        : tell('guard.not', { what: guardWords(guard.params.guard, words, depth + 1) })
    case 'checklistDone':
      return tell('guard.checklistDone')
    case 'stateIn':
      return tell('guard.stateIn', { state: titleAt(guard.params?.state ?? '', words) })
    case 'qualified': {
      const certificate = certificateTitle(guard.params?.certificate ?? '', words)
      const of = guard.params?.of
      return of === undefined
        ? tell('guard.qualified', { certificate })
        : tell('guard.qualifiedOf', { certificate, person: fieldTitle(of.replace(/^job\./, ''), words) })
    }
    case 'within':
      return guard.params?.windows === undefined
        ? tell('guard.within', { calendar: calendarTitle(guard.params?.calendar ?? '', words) })
        : tell('guard.withinWindows', { field: fieldTitle(guard.params.windows, words) })
    default:
      return tell('guard.unknown')
  }
}

function recipients(to: Recipient[], words: Words): string {
  return (Array.isArray(to) ? to : [])
    .map((each) => ('role' in each ? words.tell(`roles.${each.role}`) : fieldTitle(each.field, words)))
    .join(words.tell('common.list'))
}

function actionWords(action: Action, words: Words): string {
  const { tell, language } = words
  switch (action.type) {
    case '@xstate.assign':
      return tell('action.assign', {
        fields: Object.keys(action.context ?? {})
          .map((field) => fieldTitle(field, words))
          .join(tell('common.list')),
      })
    case '@xstate.raise':
      return action.delay === undefined
        ? tell('action.raise', { event: action.event?.type ?? '' })
        : tell('action.raiseAfter', { event: action.event?.type ?? '', delay: action.delay })
    case '@xstate.cancel':
      return tell('action.cancel', { id: action.id })
    case 'breach':
      return tell('action.breach', {
        norm: action.params?.norm ?? '',
        severity: tell(`severity.${action.params?.severity ?? 'major'}`),
      })
    case 'remind':
    case 'notify':
      return tell(`action.${action.type}`, {
        to: recipients(action.params?.to ?? [], words),
        message: inLanguage(action.params?.message, language),
      })
    case 'startJob':
      return tell('action.startJob', { process: action.params?.process ?? '' })
    case 'signal': {
      const to = action.params?.to
      const named = to === undefined || to === 'parent' ? tell('action.parent') : to.link
      return tell('action.signal', { to: named, event: action.params?.event ?? '' })
    }
    default:
      return tell('action.unknown')
  }
}

/** A setting that counts backwards. */
function isBackwards(expression: string | undefined, { model }: Words): boolean {
  const name = /^\s*settings\.(\w+)\s*$/.exec(expression ?? '')?.[1]
  const value = name === undefined ? undefined : model.settings.get(name)?.value
  return typeof value === 'string' && value.startsWith('-')
}

function delayWords(delay: Delay | undefined, key: string, words: Words): string {
  const { tell, language } = words
  if (delay === undefined) return tell('trigger.unknownDelay', { delay: key })
  const calendar =
    delay.calendar === undefined
      ? ''
      : ` · ${tell('chart.calendarNamed', { calendar: calendarTitle(delay.calendar, words) })}`
  const from = delay.from?.['@expr'] === undefined ? undefined : expressionInWords(delay.from['@expr'], words)
  if (typeof delay.duration !== 'string') {
    const computed = expressionInWords(delay.duration?.['@expr'] ?? '', words)
    const short = computed.length > 0 && computed.length <= 24 ? computed : undefined
    const back = short !== undefined && isBackwards(delay.duration?.['@expr'], words)
    if (from !== undefined && short !== undefined)
      return tell(back ? 'trigger.before' : 'trigger.afterFrom', { duration: short, from }) + calendar
    return (
      (short === undefined ? tell('trigger.computed') : tell('trigger.after', { duration: short })) + calendar
    )
  }
  const span = spanInWords(delay.duration, language)
  if (span === undefined) return tell('trigger.after', { duration: delay.duration }) + calendar
  if (from === undefined) return tell('trigger.after', { duration: span }) + calendar
  if (/^-?P[0YMWDTHS]*$/.test(delay.duration)) return tell('trigger.at', { from }) + calendar
  return (
    tell(delay.duration.startsWith('-') ? 'trigger.before' : 'trigger.afterFrom', { duration: span, from }) +
    calendar
  )
}

export type TriggerWords = { title: string; detail: string }

/** The first line of a transition's label, and what more there is to say on hover. */
export function triggerInWords(transition: ChartTransition, words: Words): TriggerWords {
  const own = inLanguage(transition.title, words.language)
  const { title, detail } = triggerOf(transition.trigger, words)
  return own === '' || own === title
    ? { title, detail }
    : { title: own, detail: [title, detail].filter(Boolean).join(' · ') }
}

function triggerOf(trigger: Trigger, words: Words): TriggerWords {
  const { tell, language } = words
  switch (trigger.kind) {
    case 'event': {
      const title = inLanguage(trigger.title, language)
      if (trigger.type === '*') return { title: tell('trigger.any'), detail: '*' }
      return { title: title || trigger.type, detail: title === '' ? '' : trigger.type }
    }
    case 'after': {
      const title: Text | undefined = trigger.definition?.meta?.title
      return {
        title: delayInWords(trigger.definition, trigger.delay, words),
        detail: inLanguage(title, language),
      }
    }
    case 'always':
      return { title: tell('trigger.always'), detail: '' }
    case 'done':
      return { title: tell('trigger.done'), detail: '' }
    case 'default':
      return { title: '', detail: '' }
  }
}
