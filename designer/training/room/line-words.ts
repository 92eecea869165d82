/**
 * The lines of a run as they are read: who says or does what, and what came of it.
 *
 * Promises: in an examination nothing is told that explains: no norm, no reason, no state.
 * Must not: draw.
 */
import type { TFunction } from 'i18next'
import type { Reason } from '../../../machines/advance/job.ts'
import { triggerInWords } from '../../../machines/drawing/words.ts'
import { NORM_BY_ID } from '../../../machines/norms.ts'
import { type Act, type Doing, type Temper, TRAINEE } from '../../../machines/simulate/scenario.ts'
import type { Line, Sim } from '../../../machines/simulate/sim.ts'
import { chartWords } from '../../canvas/chart-words.ts'
import { fieldName, itemTitle, stateInWords } from '../../jobs/job-words.ts'
import { inLanguage } from '../../text/language.ts'
import type { RoomScene } from './room-scene.tsx'
import type { Moment } from './timeline.ts'

/** `said`: somebody speaks. `own`: the trainee's doing. `seen`: what happens. `fault`, `hint`: explained. */
export type Told = {
  readonly kind: 'said' | 'own' | 'seen' | 'fault' | 'hint' | 'state' | 'end'
  readonly text: string
  readonly who?: string
  readonly temper?: Temper
  /** What is said besides, one a line. */
  readonly more?: readonly string[]
  /** Something that no real job would have let happen: set aside by hand. */
  readonly forced?: boolean
}

export function lineInWords(line: Line, scene: RoomScene): Told | undefined {
  const { words, explains, isOwner, nameOf } = scene
  const { t, language } = words
  const say = (text: Parameters<typeof inLanguage>[0]): string => inLanguage(text, language)
  const isOpen = explains || isOwner
  switch (line.is) {
    case 'said': {
      const temper = line.temper === undefined ? {} : { temper: line.temper }
      return { kind: 'said', who: nameOf(line.by), text: say(line.text), ...temper }
    }
    case 'told':
      return { kind: 'seen', text: say(line.text) }
    case 'did':
      return doingInWords(line.what, line.move, scene)
    case 'acted':
      return { kind: 'seen', text: actInWords(line.act, nameOf(line.by), scene) }
    case 'refused':
      return isOpen
        ? { kind: 'fault', text: t('training.line.refused'), more: reasonsInWords(line.reasons, language) }
        : { kind: 'seen', text: t('training.line.noEffect') }
    case 'lapsed':
      return isOwner
        ? {
            kind: 'fault',
            text: t('training.line.lapsed', { what: actInWords(line.act, byOf(line.act, scene), scene) }),
            more: reasonsInWords(line.reasons, language),
          }
        : undefined
    case 'timer':
      return { kind: 'seen', text: t('training.line.timer', { title: delayTitle(line.delay, scene) }) }
    case 'entered':
      return isOpen
        ? { kind: 'state', text: line.active.map((path) => stateInWords(path, words)).join(t('common.list')) }
        : undefined
    case 'broke': {
      if (!isOpen) return undefined
      const norm = NORM_BY_ID.get(line.norm)
      const rule = norm === undefined ? line.norm : `${line.norm} ${say(norm)}`
      const why = line.why === undefined ? '' : say(line.why)
      return {
        kind: 'fault',
        text: t(line.critical && explains ? 'training.line.brokeCritical' : 'training.line.broke', {
          norm: rule,
        }),
        ...(why === '' || norm === undefined || why === say(norm) ? {} : { more: [why] }),
      }
    }
    case 'noticed':
      return { kind: 'seen', text: t('training.line.noticed', { text: say(line.message) }) }
    case 'explained':
      return explains ? { kind: 'hint', text: say(line.text) } : undefined
    case 'over':
      return { kind: 'end', text: t(`training.over.${line.why}`) }
  }
}

/** Each reason once. */
export const reasonsInWords = (reasons: readonly Reason[], language: string): string[] => [
  ...new Set(reasons.map(({ message }) => inLanguage(message, language))),
]

export function delayTitle(delay: string, { words }: Pick<RoomScene, 'words'>): string {
  return inLanguage(words.definition?.delays?.[delay]?.meta?.title, words.language, delay)
}

function eventTitle(type: string, { words }: Pick<RoomScene, 'words'>): string {
  const events = words.definition?.schemas.events ?? {}
  return Object.hasOwn(events, type) ? inLanguage(events[type]?.meta.title, words.language, type) : type
}

function doingInWords(what: Doing, move: string | undefined, scene: RoomScene): Told {
  const { words, nameOf, view } = scene
  const { t, language } = words
  if (move !== undefined) {
    const found = view.sim.setup.scenario.moves.find(({ id }) => id === move)
    return { kind: 'own', text: inLanguage(found?.text, language, move) }
  }
  const by = 'by' in what && what.by !== undefined && what.by !== TRAINEE ? nameOf(what.by) : undefined
  const own = (text: string): Told => ({ kind: 'own', text, ...(by === undefined ? {} : { who: by }) })
  switch (what.do) {
    case 'event':
      return own(eventTitle(what.type, scene))
    case 'tick':
      return own(t('training.line.tick', { title: itemTitle(what.item, words) }))
    case 'untick':
      return own(t('training.line.untick', { title: itemTitle(what.item, words) }))
    case 'prohibited':
      return own(inLanguage(NORM_BY_ID.get(what.norm), language, what.norm))
    case 'give-up':
      return own(t('training.line.gaveUp'))
    case 'force': {
      const outcome = what.outcome === undefined ? 'free' : what.outcome ? 'true' : 'false'
      const way = wayInWords(what.transition, scene)
      return { ...own(t(`training.line.force.${outcome}`, { way })), forced: true }
    }
    case 'set': {
      const fields = Object.keys(what.fields).map((name) => fieldName(name, words))
      return { ...own(t('training.line.set', { fields: fields.join(t('common.list')) })), forced: true }
    }
    case 'jump': {
      const to = what.to.map((path) => stateInWords(path, words)).join(t('common.list'))
      return { ...own(t('training.line.jump', { to })), forced: true }
    }
    case 'happen':
      return { kind: 'seen', text: actInWords(what.act, byOf(what.act, scene), scene) }
    default:
      return own(t('training.line.wait'))
  }
}

const byOf = (act: Act, { nameOf }: RoomScene): string =>
  'by' in act && act.by !== undefined ? nameOf(act.by) : nameOf('system')

/** What somebody else did. */
function actInWords(act: Act, who: string, scene: RoomScene): string {
  const { words } = scene
  const { t, language } = words
  switch (act.act) {
    case 'event':
      return t('training.act.event', { who, what: eventTitle(act.type, scene) })
    case 'tick':
      return t('training.act.tick', { who, what: itemTitle(act.item, words) })
    case 'end':
      return t('training.act.end', { status: t(`status.${act.status}`) })
    case 'complain':
      return t('training.act.complain', { who, text: inLanguage(act.text, language) })
    case 'correct': {
      const fields = Object.keys(act.fields).map((name) => fieldName(name, words))
      return t('training.act.correct', { who, fields: fields.join(t('common.list')) })
    }
    case 'hand':
      return t(`training.act.${act.hand.kind}`, { who })
    default:
      return inLanguage(act.text, language)
  }
}

/** A transition by where it starts and what takes it. */
export function wayInWords(pointer: string, { model, words }: Pick<RoomScene, 'model' | 'words'>): string {
  const way = model.transitions.find((each) => each.pointer === pointer)
  if (way === undefined) return pointer
  return triggerInWords(way, chartWords(words.t, words.language, model)).title
}

/** What is known of how somebody feels: his last words, else as the scenario has him. */
export const temperOf = ({ tempers, setup }: Sim, key: string): Temper | undefined =>
  tempers[key] ?? (key === TRAINEE ? undefined : setup.scenario.cast[key]?.temper)

export const temperInWords = (temper: Temper, t: TFunction): string => t(`training.temper.${temper}`)

/** What led to a moment. */
export function momentInWords(moment: Moment, scene: RoomScene): string {
  const { t } = scene.words
  const { step, sim } = moment
  if (step === undefined) return t('training.tree.beginning')
  const index = sim.steps.length - 1
  const own = sim.lines.filter((line) => line.step === index)
  const did = own.find(({ is }) => is === 'did') ?? own.find(({ is }) => is !== 'entered')
  return did === undefined
    ? t('training.line.wait')
    : (lineInWords(did, scene)?.text ?? t('training.line.wait'))
}
