/**
 * What the parts of the training room share: the run, and the words of its process and its people.
 *
 * Must not: change the run but by `room`.
 */
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { type ChartModel, readChart } from '../../../machines/drawing/model.ts'
import { memberOf } from '../../../machines/simulate/people.ts'
import { type Scenario, TRAINEE } from '../../../machines/simulate/scenario.ts'
import type { PersonView } from '../../../machines/wire/people.ts'
import { type JobWords, jobWords } from '../../jobs/job-words.ts'
import { isRole } from '../../jobs/statuses.ts'
import { type People, PeopleContext } from '../../session/people.ts'
import { inLanguage } from '../../text/language.ts'
import type { Room, RoomView } from './room.ts'

export type RoomScene = {
  readonly room: Room
  readonly view: RoomView
  readonly words: JobWords
  readonly model: ChartModel
  /** Practice tells at once what an examination tells at the end. */
  readonly explains: boolean
  readonly isOwner: boolean
  /** Of a key of the cast. */
  nameOf(key: string): string
  /** A moment of the run's clock, in the zone that its working hours are counted in. */
  readonly clock: RunClock
}

type RunClock = {
  /** With the day, to the second. */
  exact(at: number): string
  /** With the day. */
  moment(at: number): string
  /** Without the day, to the second. */
  ofDay(at: number): string
}
export function runClock(timeZone: string, language: string): RunClock {
  const worded =
    (style: Intl.DateTimeFormatOptions) =>
    (at: number): string =>
      new Intl.DateTimeFormat(language, { timeZone, ...style }).format(at)
  return {
    exact: worded({ dateStyle: 'medium', timeStyle: 'medium' }),
    moment: worded({ dateStyle: 'medium', timeStyle: 'short' }),
    ofDay: worded({ timeStyle: 'medium' }),
  }
}

const RoomContext = createContext<RoomScene | undefined>(undefined)

/** @throws where there is no room around it, which is a fault of the program */
export function useScene(): RoomScene {
  const scene = useContext(RoomContext)
  if (scene === undefined) throw new Error('useScene outside of the training room')
  return scene
}

export function RoomProvider({ room, children }: { room: Room; children: ReactNode }): ReactElement {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const view = useSyncExternalStore(room.subscribe, () => room.view)
  const { scenario, compiled, calendars } = view.sim.setup
  const words = useMemo(() => jobWords(compiled.definition, t, language), [compiled, t, language])
  const model = useMemo(() => readChart(compiled.definition), [compiled])
  const clock = useMemo(() => runClock(calendars.timeZone, language), [calendars, language])
  const people = useMemo(() => castOf(scenario, language), [scenario, language])
  const scene = useMemo(
    (): RoomScene => ({
      room,
      view,
      words,
      model,
      explains: view.mode === 'practice',
      isOwner: view.mode === 'owner',
      clock,
      nameOf: (key) => people.get(key)?.name ?? (key === 'system' ? t('roles.system') : key),
    }),
    [room, view, words, model, people, clock, t],
  )
  return (
    <PeopleContext value={people}>
      <RoomContext value={scene}>{children}</RoomContext>
    </PeopleContext>
  )
}

/** The cast as persons, for all that shows or asks for one. */
function castOf(scenario: Scenario, language: string): People {
  return new Map(
    [TRAINEE, ...Object.keys(scenario.cast)].flatMap((key): [string, PersonView][] => {
      const member = memberOf(scenario, key)
      if (member === undefined) return []
      const { roles, name } = member
      return [
        [
          key,
          {
            id: key,
            revision: 0,
            name: inLanguage(name, language, key),
            roles: roles.filter(isRole),
            certificates: [],
            regions: [],
            overtime: [],
            disabled: false,
          },
        ],
      ]
    }),
  )
}
