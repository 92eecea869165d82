/**
 * What can be wrong with a scenario, in words.
 *
 * Promises: codes are stable; every problem speaks both languages. An `error` bars running it, a `warning` does not.
 * Must not: know how problems are found (`check-scenario.ts`).
 */
import type { Problem } from '../definition/problem.ts'
import { nearest } from '../validate/nearest.ts'

type Words = { en: string; zh: string }
type Row = { severity: Problem['severity']; words: (what: string) => Words }
const error = (words: Row['words']): Row => ({ severity: 'error', words })
const warning = (words: Row['words']): Row => ({ severity: 'warning', words })
const unknown = (en: string, zh: string): Row =>
  error((what) => ({ en: `${en} “${what}” is not known`, zh: `没有${zh}“${what}”` }))

const ROWS = {
  'scenario-shape': error((what) => ({
    en: `Does not fit the form of a scenario: ${what}`,
    zh: `不符合情景的格式：${what}`,
  })),
  'scenario-too-large': error(() => ({
    en: 'A scenario may have 256 KB',
    zh: '情景不得超过 256 KB',
  })),
  'scenario-process': unknown('The process', '流程'),
  'scenario-state': unknown('The state', '状态'),
  'scenario-event': unknown('The event', '事件'),
  'scenario-item': unknown('The checklist item', '检查项'),
  'scenario-move': unknown('The choice', '选项'),
  'scenario-person': unknown('In the cast, the person', '角色'),
  'scenario-norm': unknown('The norm', '规范'),
  'scenario-link': unknown('The link to another job', '关联工单'),
  'scenario-certificate': unknown('The certificate', '证书'),
  'scenario-transition': unknown('The transition', '转换'),
  'scenario-field': unknown('The field', '字段'),
  'scenario-value': error((what) => ({ en: what, zh: what })),
  'scenario-expression': error((what) => ({ en: what, zh: what })),
  'scenario-duration': error((what) => ({
    en: `“${what}” has months or years; use days`,
    zh: `“${what}”含有年或月，请改用天`,
  })),
  'scenario-twice': error((what) => ({ en: `“${what}” is there twice`, zh: `“${what}”重复` })),
  'scenario-role': error((what) => ({
    en: `“${what}” is sent by nobody with these roles`,
    zh: `此人的角色不能发出“${what}”`,
  })),
  'scenario-cannot-begin': error((what) => ({ en: `It cannot begin: ${what}`, zh: `无法开始：${what}` })),
  'scenario-never-happens': warning((what) => ({
    en: `“${what}” can never happen: nothing sets it going in time`,
    zh: `“${what}”永远不会发生，没有什么能在时限内触发它`,
  })),
  'scenario-never-offered': warning((what) => ({
    en: `“${what}” is never offered: it is over by then`,
    zh: `“${what}”永远不会出现，到那时情景已结束`,
  })),
  'scenario-nothing-counts': warning(() => ({
    en: 'Nothing counts: every norm has the weight 0 and nothing is expected',
    zh: '没有任何计分项：各规范权重均为 0，也没有必做事项',
  })),
  'scenario-no-run': warning(() => ({
    en: 'No known run passes: nobody has shown that it can be passed',
    zh: '没有能通过的参考走法，无法确认该情景可以通过',
  })),
  'scenario-run-differs': warning((what) => ({
    en: `The known run “${what}” comes out otherwise than it says`,
    zh: `参考走法“${what}”的结果与所述不符`,
  })),
} as const satisfies Record<string, Row>
export type ScenarioProblem = keyof typeof ROWS

/** More than anybody mends in one go. */
const MOST = 200

export class Findings {
  readonly found: Problem[] = []

  /** `words`: where the problem has its own in both languages. */
  add(
    code: ScenarioProblem,
    path: string,
    what = '',
    more: { words?: Words; range?: Problem['range'] } = {},
  ): void {
    if (this.found.length >= MOST) return
    const { severity, words } = ROWS[code]
    this.found.push({
      severity,
      code,
      path,
      message: more.words ?? words(what),
      ...(more.range === undefined ? {} : { range: more.range }),
    })
  }

  /** A name that is not among those known; the nearest known one is offered. */
  unknown(code: ScenarioProblem, path: string, name: string, known: Iterable<string>): void {
    if (this.found.length >= MOST) return
    const { severity, words } = ROWS[code]
    const value = nearest(name, known)
    this.found.push({
      severity,
      code,
      path,
      message: words(name),
      ...(value === undefined
        ? {}
        : { fix: { title: { en: `Use “${value}”`, zh: `改为“${value}”` }, path, value } }),
    })
  }

  get errors(): boolean {
    return this.found.some(({ severity }) => severity === 'error')
  }

  /** Errors first, then by place. */
  sorted(): Problem[] {
    const rank = (one: Problem): number => (one.severity === 'error' ? 0 : 1)
    return this.found.toSorted((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1))
  }
}
