/**
 * What stands in each drawn box, with its size: states, headers of groups, labels of transitions.
 *
 * Promises: a box's size holds everything in it at the sizes of `metrics.ts`; long texts are broken or cut, with the
 * whole kept for the tooltip.
 * Must not: place anything (that is ELK's work), or touch the DOM.
 */
import { inLanguage } from '../definition/in-language.ts'
import type { DrawingIcon as Icon } from './icons.ts'
import { CHIP, GROUP, LABEL, type Measure, ROW, STATE, shorten, wrap } from './metrics.ts'
import type { ChartState, ChartTransition } from './model.ts'
import { actionInWords, guardInWords, stateTitle, triggerInWords, type Words } from './words.ts'

export type Chip = {
  kind: 'norm' | 'badge' | 'more'
  icon: Icon | undefined
  text: string
  /** Said to screen readers and on hover, a line each. */
  detail: string[]
  norms: string[]
  width: number
}
/** A transition that leaves no state, or leads nowhere: a line inside the box. */
type InnerRow = { icon: Icon; text: string; detail: string; width: number }
export type StateBox = {
  title: string
  titleLines: string[]
  chipRows: Chip[][]
  rows: InnerRow[]
  width: number
  height: number
}
export type LabelBox = {
  icon: Icon | undefined
  titleLines: string[]
  guardLines: string[]
  chips: Chip[]
  /** Everything in words. */
  detail: string[]
  width: number
  height: number
}

const NORM_CHIPS = 3
const INNER_ROWS = 6

export type BoxMaker = {
  state(state: ChartState, inner: readonly ChartTransition[]): StateBox
  label(transition: ChartTransition): LabelBox | undefined
}

export function boxMaker(words: Words, measure: Measure): BoxMaker {
  return {
    state: (state, inner) => stateBox(state, inner, words, measure),
    label: (transition) => labelBox(transition, words, measure),
  }
}

function chip(kind: Chip['kind'], icon: Icon | undefined, text: string, measure: Measure): Chip {
  const written = measure(text, CHIP.size, CHIP.weight)
  const drawn = icon === undefined ? 0 : CHIP.icon + (text === '' ? 0 : CHIP.iconGap)
  return { kind, icon, text, detail: [], norms: [], width: Math.ceil(written + drawn + CHIP.padX * 2) }
}

function normChips(norms: readonly string[], words: Words, measure: Measure): Chip[] {
  const shown = norms.length > NORM_CHIPS + 1 ? norms.slice(0, NORM_CHIPS) : norms
  const rest = norms.slice(shown.length)
  const chips = shown.map((norm) => ({ ...chip('norm', undefined, norm, measure), norms: [norm] }))
  if (rest.length === 0) return chips
  const more = chip('more', undefined, words.tell('chart.more', { count: rest.length }), measure)
  return [...chips, { ...more, norms: rest }]
}

/** All norms a state carries: its own and its checklist's. */
export const normsOf = (state: ChartState): string[] => [
  ...new Set([...state.norms, ...state.checklist.flatMap((item) => item.norms ?? [])]),
]

function stateChips(state: ChartState, words: Words, measure: Measure): Chip[] {
  const { tell, language } = words
  const chips: Chip[] = []
  if (state.holds !== undefined)
    chips.push({
      ...chip('badge', 'group', String(state.holds), measure),
      detail: [tell('chart.holds', { count: state.holds })],
    })
  const badge = (icon: Icon, count: number, title: string, detail: string[]): void => {
    if (count === 0) return
    chips.push({ ...chip('badge', icon, String(count), measure), detail: [title, ...detail] })
  }
  badge(
    'checklist',
    state.checklist.length,
    tell('chart.checklist'),
    state.checklist.map((item) => inLanguage(item.title, language, item.id)),
  )
  const said = (actions: ChartState['entry']): string[] => actions.map((each) => actionInWords(each, words))
  badge('entry', state.entry.length, tell('chart.entry'), said(state.entry))
  badge('exit', state.exit.length, tell('chart.exit'), said(state.exit))
  return [...chips, ...normChips(normsOf(state), words, measure)]
}

/** Chips in rows no wider than `max`. */
function inRows(chips: readonly Chip[], max: number): Chip[][] {
  const rows: Chip[][] = []
  let width = 0
  for (const each of chips) {
    const last = rows.at(-1)
    if (last !== undefined && width + CHIP.gap + each.width <= max) {
      last.push(each)
      width += CHIP.gap + each.width
    } else {
      rows.push([each])
      width = each.width
    }
  }
  return rows
}
const rowWidth = (chips: readonly Chip[]): number =>
  chips.reduce((sum, each) => sum + each.width + CHIP.gap, -CHIP.gap)

const ICONS = { event: 'event', after: 'clock', always: 'always', done: 'done', default: 'event' } as const

function innerRows(inner: readonly ChartTransition[], words: Words, measure: Measure): InnerRow[] {
  const rows = inner
    .slice(0, inner.length > INNER_ROWS + 1 ? INNER_ROWS : inner.length)
    .map((each): InnerRow => {
      const whole = `${turn(each)}${wholeLine(each, words)}`
      const text = shorten(whole, ROW.max, ROW, measure)
      const width = ROW.icon + ROW.iconGap + measure(text, ROW.size, ROW.weight)
      const icon = each.unresolved.length > 0 ? 'warning' : ICONS[each.trigger.kind]
      return { icon, text, detail: whole, width: Math.ceil(width) }
    })
  const rest = inner.slice(rows.length)
  if (rest.length === 0) return rows
  const text = words.tell('chart.more', { count: rest.length })
  const detail = rest.map((each) => wholeLine(each, words)).join('\n')
  return [...rows, { icon: 'event', text, detail, width: 40 }]
}

/** "after 30 minutes [not urgent] / breach of HV-03": a transition in one line. */
export function wholeLine(transition: ChartTransition, words: Words): string {
  const { title } = triggerInWords(transition, words)
  const guard = transition.guard === undefined ? '' : ` [${guardInWords(transition.guard, words)}]`
  const done = transition.actions.map((each) => actionInWords(each, words)).join(words.tell('common.list'))
  const lost = transition.unresolved.map((target) => words.tell('chart.unresolved', { target })).join(' ')
  return `${title}${guard}${done === '' ? '' : ` / ${done}`}${lost === '' ? '' : ` → ${lost}`}`
}

/** Drawn as a frame around its states, with a heading. */
export const isOpenGroup = ({ kind, holds }: ChartState): boolean =>
  (kind === 'compound' || kind === 'parallel') && holds === undefined

/** Room beside the title for what a page puts there: fold, unfold, show alone. */
const toolsOf = ({ parent, children, holds }: ChartState): number =>
  parent === undefined || (children.length === 0 && holds === undefined) ? 0 : GROUP.tools

/** What a transition among several on the same trigger begins with: its turn. */
const turn = ({ order }: ChartTransition): string =>
  order === undefined ? '' : order <= 20 ? `${String.fromCodePoint(0x245f + order)} ` : `(${order}) `

function stateBox(
  state: ChartState,
  inner: readonly ChartTransition[],
  words: Words,
  measure: Measure,
): StateBox {
  const group = isOpenGroup(state)
  const font = group ? GROUP.title : STATE.title
  const max = group ? GROUP.maxTitle : STATE.maxTitle
  const title = stateTitle(state, words)
  const titleLines = wrap(title, max, group ? 1 : 3, font, measure)
  const chipRows = inRows(stateChips(state, words, measure), Math.max(max, 150))
  const rows = innerRows(inner, words, measure)
  const icon = state.kind === 'final' ? STATE.finalIcon : 0
  const widest = Math.max(
    ...titleLines.map((line) => measure(line, font.size, font.weight) + icon),
    ...chipRows.map(rowWidth),
    ...rows.map((row) => row.width),
    0,
  )
  const padX = group ? GROUP.padX : STATE.padX
  const height =
    (group ? GROUP.padTop : STATE.padY * 2) +
    titleLines.length * font.line +
    chipRows.length * (CHIP.height + STATE.gap) +
    (rows.length === 0 ? 0 : rows.length * ROW.line + STATE.gap)
  return {
    title,
    titleLines,
    chipRows,
    rows,
    width: Math.max(STATE.minWidth, Math.ceil(widest) + padX * 2 + 2 + toolsOf(state)),
    height: Math.ceil(height),
  }
}

function labelBox(transition: ChartTransition, words: Words, measure: Measure): LabelBox | undefined {
  if (transition.trigger.kind === 'default') return undefined
  const { title, detail } = triggerInWords(transition, words)
  const icon = transition.trigger.kind === 'event' ? undefined : ICONS[transition.trigger.kind]
  const iconWidth = icon === undefined ? 0 : LABEL.icon + LABEL.iconGap
  const titleLines = wrap(`${turn(transition)}${title}`, LABEL.max - iconWidth, 2, LABEL.title, measure)
  const guard = transition.guard === undefined ? '' : guardInWords(transition.guard, words)
  const guardLines = guard === '' ? [] : wrap(`[${guard}]`, LABEL.max, 1, LABEL.guard, measure)
  const actions = transition.actions.map((each) => actionInWords(each, words))
  const chips = normChips(transition.norms, words, measure)
  if (actions.length > 0) {
    const badge = chip('badge', 'action', String(actions.length), measure)
    chips.unshift({ ...badge, detail: [words.tell('chart.actions'), ...actions] })
  }
  const widest = Math.max(
    ...titleLines.map((line) => measure(line, LABEL.title.size, LABEL.title.weight) + iconWidth),
    ...guardLines.map((line) => measure(line, LABEL.guard.size, LABEL.guard.weight)),
    rowWidth(chips),
    0,
  )
  const height =
    titleLines.length * LABEL.title.line +
    guardLines.length * LABEL.guard.line +
    (chips.length === 0 ? 0 : CHIP.height + 2)
  return {
    icon,
    titleLines,
    guardLines,
    chips,
    detail: [title, detail, guard === '' ? '' : `[${guard}]`, ...actions].filter((line) => line !== ''),
    width: Math.ceil(widest) + LABEL.padX * 2 + 2,
    height: Math.ceil(height) + LABEL.padY * 2,
  }
}
