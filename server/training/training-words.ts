/**
 * The messages of the training room, in both languages.
 */
import type { Text } from '../../machines/definition/schema.ts'
import type { AttemptMode } from '../../machines/wire/training.ts'

const NAMED = 10
const en = ({ en, zh }: Text): string => en ?? zh ?? ''
const zh = ({ en, zh }: Text): string => zh ?? en ?? ''

type Due = { title: Text; when: string }

export const assigned = ({ title, when, mode }: Due & { mode: AttemptMode }): Text =>
  mode === 'examination'
    ? {
        en: `Take the examination “${en(title)}” by ${when}.`,
        zh: `请在 ${when} 前完成考试“${zh(title)}”。`,
      }
    : { en: `Practise “${en(title)}” by ${when}.`, zh: `请在 ${when} 前完成练习“${zh(title)}”。` }

export const missed = ({ title, when }: Due): Text => ({
  en: `“${en(title)}” was due on ${when} and you have not passed it yet.`,
  zh: `“${zh(title)}”已于 ${when} 到期，您尚未通过。`,
})

export function missedBy({ title, when, names }: Due & { names: readonly string[] }): Text {
  const named = names.slice(0, NAMED)
  const more = names.length - named.length
  return {
    en: `“${en(title)}” was due on ${when}. Not passed yet: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    zh: `“${zh(title)}”已于 ${when} 到期。尚未通过：${named.join('、')}${more > 0 ? `等 ${names.length} 人` : ''}。`,
  }
}

type Ending = { title: Text; when: string; isOver: boolean }

export const runsOut = ({ title, when, isOver }: Ending): Text =>
  isOver
    ? {
        en: `Your certificate “${en(title)}” ran out on ${when}. Work that asks for it is closed to you until it is renewed.`,
        zh: `您的“${zh(title)}”已于 ${when} 到期。更新之前，不能从事要求该证的作业。`,
      }
    : {
        en: `Your certificate “${en(title)}” runs out on ${when}. Renew it in time.`,
        zh: `您的“${zh(title)}”将于 ${when} 到期，请及时更新。`,
      }

export const runsOutOf = ({ title, when, isOver, name }: Ending & { name: string }): Text =>
  isOver
    ? {
        en: `The certificate “${en(title)}” of ${name} ran out on ${when}.`,
        zh: `${name}的“${zh(title)}”已于 ${when} 到期。`,
      }
    : {
        en: `The certificate “${en(title)}” of ${name} runs out on ${when}.`,
        zh: `${name}的“${zh(title)}”将于 ${when} 到期。`,
      }
