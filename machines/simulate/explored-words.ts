/**
 * What an explored scenario is called: what is done in it.
 *
 * Must not: name a transition by its pointer; nobody reads those.
 */
import type { Definition, Text } from '../definition/schema.ts'

const MOST = 8

/** @param events types, in their order */
export function titleOf(definition: Definition, events: readonly string[], count: number): Text {
  const name = (language: 'en' | 'zh'): string[] =>
    events.map((type) => definition.schemas.events[type]?.meta.title[language] ?? type)
  const whole = (names: readonly string[], rest: string): string[] =>
    names.length > MOST ? [...names.slice(0, MOST), rest] : [...names]
  return {
    en: `Explored way ${count}: ${whole(name('en'), '…').join(', ') || 'time passes'}`,
    zh: `探索路径 ${count}：${whole(name('zh'), '……').join('、') || '等待时间过去'}`,
  }
}
