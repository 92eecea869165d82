/**
 * Engineers by hours: who has what when, and, where a job is chosen, whom it suits.
 *
 * Promises: two hundred rows stay quick: what is out of sight is not laid out, and a row is drawn anew only when
 * something of its own changed.
 * Must not: assign; it says which row was meant.
 */
import { Box, Text } from '@mantine/core'
import { type CSSProperties, type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, Candidates, DispatchDay, PlannedJob } from '../../machines/wire/dispatch.ts'
import { closedOf, percent, type Scale, type Span, scaleOf } from './day-scale.ts'
import { EngineerRow } from './engineer-row.tsx'
import { rove } from './roving.ts'
import type { DayWords } from './use-day-words.ts'

type Props = {
  day: DispatchDay
  now: number
  words: DayWords
  /** Of the chosen job. */
  candidates: Candidates | undefined
  chosen: string | undefined
  choose(job: PlannedJob, byKey: boolean): void
  /** @param job undefined: the chosen one. */
  give(person: string, job: string | undefined): void
}

export function DayBoard({ day, now, words, candidates, chosen, choose, give }: Props): ReactElement {
  const { t } = useTranslation()
  const visit = useMemo(() => visitOn(day, candidates), [day, candidates])
  const scale = useMemo(() => scaleOf(day, visit), [day, visit])
  const closed = useMemo(() => closedOf(day, scale), [day, scale])
  const fits = useMemo(
    () => new Map(candidates?.candidates.map((each, rank) => [each.id, { ...each, rank }])),
    [candidates],
  )
  const rows = useMemo(() => ordered(day, fits), [day, fits])
  const first = rows.find(({ id }) => fits.has(id))
  const isNow = now >= scale.from && now < scale.to
  return (
    <Box
      component="section"
      className="fc-panel dispatch-board"
      style={ground(closed, scale)}
      aria-label={t('dispatch.board')}
      tabIndex={0}
    >
      <div className="dispatch-hours" aria-hidden="true">
        <div className="dispatch-corner">
          <Text size="xs" c="dimmed">
            {t('dispatch.engineers', { count: day.engineers.length })}
          </Text>
        </div>
        <div className="dispatch-scale">
          {scale.hours.map((hour) => (
            <span key={hour} style={{ insetInlineStart: percent(scale.at(hour)) }}>
              {words.hour(hour)}
            </span>
          ))}
        </div>
      </div>
      <ul className="dispatch-rows" onKeyDown={rove}>
        {rows.map((engineer) => (
          <EngineerRow
            key={engineer.id}
            engineer={engineer}
            minutes={day.visitMinutes}
            scale={scale}
            words={words}
            visit={visit}
            candidate={fits.get(engineer.id)}
            chosen={engineer.jobs.some(({ id }) => id === chosen) ? chosen : undefined}
            stop={engineer === first}
            choose={choose}
            give={give}
          />
        ))}
      </ul>
      {isNow ? (
        <div className="dispatch-now" aria-hidden="true">
          <span style={{ insetInlineStart: percent(scale.at(now)) }} />
        </div>
      ) : null}
    </Box>
  )
}

/** Undefined also where the visit is on another day than the one that is looked at. */
function visitOn(day: DispatchDay, candidates: Candidates | undefined): Span | undefined {
  if (candidates?.visit === undefined) return undefined
  const visit = { from: Date.parse(candidates.visit.from), to: Date.parse(candidates.visit.to) }
  return visit.to > Date.parse(day.from) && visit.from < Date.parse(day.to) ? visit : undefined
}

/** Whom the chosen job suits first; otherwise by name, as the server has it. */
const ordered = (day: DispatchDay, fits: ReadonlyMap<string, Candidate & { rank: number }>) =>
  fits.size === 0
    ? day.engineers
    : day.engineers.toSorted(
        (a, b) =>
          (fits.get(a.id)?.rank ?? Number.MAX_SAFE_INTEGER) -
          (fits.get(b.id)?.rank ?? Number.MAX_SAFE_INTEGER),
      )

/** Hours and what lies outside working time, once for all rows. */
function ground(closed: readonly Span[], scale: Scale): CSSProperties {
  const bands = closed.flatMap(({ from, to }) => {
    const [start, end] = [percent(scale.at(from)), percent(scale.at(to))]
    return [`transparent ${start}`, `var(--dispatch-closed) ${start} ${end}`, `transparent ${end}`]
  })
  const shut = bands.length === 0 ? 'none' : `linear-gradient(to right, ${bands.join(', ')})`
  return { '--dispatch-shut': shut, '--dispatch-hour': percent(1 / scale.hours.length) }
}

declare module 'react' {
  interface CSSProperties {
    '--dispatch-shut'?: string
    '--dispatch-hour'?: string
    '--dispatch-lanes'?: number
  }
}
