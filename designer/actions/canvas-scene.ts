/**
 * What the actions of the canvas are done with, and the questions that several of them ask.
 *
 * Must not: change anything.
 */

import type { PlacedChart } from '../../machines/drawing/graph.ts'
import type { ChartModel, ChartTransition } from '../../machines/drawing/model.ts'
import { drawingTranslator } from '../../machines/drawing/text/translate.ts'
import { stateTitle, type Words as Telling, titleAt, triggerInWords } from '../../machines/drawing/words.ts'
import type { Edit } from '../canvas/seen.ts'
import type { Canvas } from '../canvas/use-canvas.ts'
import type { Structure } from '../canvas/use-structure.ts'
import type { Design } from '../design/design-api.ts'
import type { Words } from '../document/problem.ts'
import type { Answer, Kind } from '../document/questions.ts'
import { en } from '../text/en.ts'
import { zhCN } from '../text/zh-CN.ts'
import type { Barred } from './action.ts'

export type CanvasScene = {
  readonly design: Design
  readonly edit: Edit
  readonly canvas: Canvas
  readonly structure: Structure
  readonly chart: PlacedChart
  readonly model: ChartModel
  readonly view: {
    search(): void
    zoomTo(): void
    showAll(): void
    zoomBy(times: number): void
  }
}

/** Why the draft cannot be changed at all. */
export const cannotWrite = ({ design }: { design: Design }): Barred | undefined =>
  design.readOnly ? 'actions.why.readOnly' : undefined
/** Why nothing can be done with states now. */
export const noStates = (scene: CanvasScene): Barred | undefined =>
  cannotWrite(scene) ?? (scene.canvas.states.length === 0 ? 'actions.why.noStates' : undefined)
export const notOne = (scene: CanvasScene): Barred | undefined =>
  cannotWrite(scene) ?? (scene.canvas.only === undefined ? 'actions.why.notOne' : undefined)
export const noWay = (scene: CanvasScene): Barred | undefined =>
  cannotWrite(scene) ?? (scene.canvas.way === undefined ? 'actions.why.noWay' : undefined)
export const whyNot = (answer: Answer): Barred | undefined => (answer.ok ? undefined : answer.why)

/** What a drawing says, in both languages. */
const tellings = (model: ChartModel): { en: Telling; zh: Telling } => ({
  en: { tell: drawingTranslator('en'), language: 'en', model },
  zh: { tell: drawingTranslator('zh'), language: 'zh-CN', model },
})
const inBoth = (model: ChartModel, said: (words: Telling) => string): Words => {
  const words = tellings(model)
  return { en: said(words.en), zh: said(words.zh) }
}

export const kindInBoth = (kind: Kind): Words => ({
  en: en.chart.kind[kind],
  zh: zhCN.chart.kind[kind],
})
export const titleInBoth = (model: ChartModel, path: string): Words =>
  inBoth(model, (words) => {
    const state = model.states.get(path)
    return state === undefined ? path : stateTitle(state, words)
  })
/** What opens a transition. */
export const openingInBoth = (model: ChartModel, way: ChartTransition): Words =>
  inBoth(model, (words) => triggerInWords(way, words).title)
/** `Contact → On site`. */
export const courseInBoth = (model: ChartModel, { source, targets }: ChartTransition): Words =>
  inBoth(model, (words) =>
    [source, ...targets.slice(0, 2)].map((path) => titleAt(path, words)).join(' \u2192 '),
  )
/** The title of the group that a state lies in. */
export const placeInBoth = (model: ChartModel, path: string): Words | undefined => {
  const parent = model.states.get(path)?.parent
  return parent === undefined || parent === '' ? undefined : titleInBoth(model, parent)
}
