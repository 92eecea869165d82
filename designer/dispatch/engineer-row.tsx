/**
 * One engineer's day. Where a job is chosen: whether it suits him, why, and the button that gives it to him.
 */
import { Badge, Button, Group, Text, Tooltip } from '@mantine/core'
import { type DragEvent, memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidate, DispatchEngineer, PlannedJob } from '../../machines/wire/dispatch.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { type Placed, percent, placed, type Scale, type Span } from './day-scale.ts'
import { dragging, dropped, isJob } from './drag.ts'
import type { DayWords } from './use-day-words.ts'

type Props = {
  engineer: DispatchEngineer
  minutes: number
  scale: Scale
  words: DayWords
  /** Of the chosen job. */
  visit: Span | undefined
  candidate: Candidate | undefined
  /** One of his jobs. */
  chosen: string | undefined
  /** The Tab key stops here. */
  stop: boolean
  choose(job: PlannedJob, byKey: boolean): void
  give(person: string, job: string | undefined): void
}

export const EngineerRow = memo((props: Props): ReactElement => {
  const { engineer, minutes, scale, visit, candidate, give } = props
  const { jobs, lanes } = placed(engineer.jobs, minutes)
  const drop = (event: DragEvent<HTMLElement>): void => {
    delete event.currentTarget.dataset.over
    const job = dropped(event)
    if (job === undefined) return
    event.preventDefault()
    give(engineer.id, job)
  }
  return (
    <li
      className="dispatch-row"
      data-engineer={engineer.id}
      onDragOver={(event) => {
        if (!isJob(event)) return
        event.preventDefault()
        event.currentTarget.dataset.over = 'true'
      }}
      onDragLeave={(event) => {
        delete event.currentTarget.dataset.over
      }}
      onDrop={drop}
    >
      <Who {...props} />
      <div className="dispatch-track" style={{ '--dispatch-lanes': lanes }}>
        {visit === undefined || candidate === undefined ? null : (
          <span className="dispatch-ghost" data-fit={candidate.fit} style={along(visit, scale)} />
        )}
        {jobs.map((each) => (
          <Block key={each.job.id} placed={each} {...props} />
        ))}
      </div>
    </li>
  )
})

const along = ({ from, to }: Span, scale: Scale) => ({
  insetInlineStart: percent(scale.at(from)),
  width: percent(scale.at(to) - scale.at(from)),
})

const SIGN = { yes: 'check', doubt: 'alert', no: 'close' } as const satisfies Record<
  Candidate['fit'],
  IconName
>

function Who({ engineer, candidate, stop, give }: Props): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  return (
    <div className="dispatch-who">
      <div className="dispatch-name">
        <Text component="span" size="sm" fw={600} truncate title={engineer.name} display="block">
          {engineer.name}
        </Text>
        {candidate === undefined ? (
          <About engineer={engineer} />
        ) : (
          <Text component="span" size="xs" className="dispatch-why" data-fit={candidate.fit}>
            <Icon name={SIGN[candidate.fit]} size={13} />
            <span title={candidate.reasons.map(({ message }) => say(message)).join('\n')}>
              {inShort(candidate).map(({ code, message }) => (
                <span key={`${code}${message.en}`} className="dispatch-why-line">
                  {say(message)}
                </span>
              ))}
            </span>
          </Text>
        )}
      </div>
      {candidate === undefined ? null : (
        <Button
          size="compact-xs"
          variant={candidate.fit === 'yes' ? 'filled' : 'default'}
          data-stop
          tabIndex={stop ? 0 : -1}
          aria-label={t(`dispatch.giveTo.${candidate.fit}`, { name: engineer.name })}
          onClick={() => give(engineer.id, undefined)}
        >
          {t(candidate.fit === 'no' ? 'dispatch.why' : 'dispatch.give')}
        </Button>
      )}
    </div>
  )
}

/** Of the weight that decides, what tells most; the dialog has all of it. */
function inShort({ fit, reasons }: Candidate): Candidate['reasons'] {
  const weight = fit === 'no' ? 'bar' : fit === 'doubt' ? 'doubt' : 'fact'
  return reasons
    .filter((reason) => reason.weight === weight)
    .toSorted((a, b) => rank(TELLING, a.code) - rank(TELLING, b.code))
    .slice(0, LINES)
}
const LINES = 2
const TELLING = [
  ...['has-it', 'overtime-too-long', 'overtime-not-agreed'],
  ...['busy', 'other-region', 'certificate-lapsed', 'not-certified'],
  ...['overtime-agreed', 'certificate-ends-soon', 'free', 'in-region', 'certified'],
]
const rank = (codes: readonly string[], code: string): number =>
  codes.includes(code) ? codes.indexOf(code) : codes.length

function About({ engineer }: { engineer: DispatchEngineer }): ReactElement {
  const { t } = useTranslation()
  const { say, list, date } = useSpeech()
  return (
    <Group component="span" gap={4} wrap="nowrap">
      <Text component="span" size="xs" c="dimmed" truncate>
        {engineer.regions.length === 0 ? t('dispatch.everywhere') : list(engineer.regions)}
        {` · ${t('dispatch.load', { count: engineer.load })}`}
      </Text>
      {engineer.overtimeMinutes > 0 ? (
        <Badge size="xs" variant="light" color="cyan" flex="none">
          {t('dispatch.overtime', { minutes: engineer.overtimeMinutes })}
        </Badge>
      ) : null}
      {engineer.expiring.map(({ kind, title, validUntil, expired }) => {
        const said = t(expired ? 'dispatch.expired' : 'dispatch.expires', {
          certificate: say(title, kind),
          date: date(validUntil),
        })
        return (
          <Tooltip key={kind} label={said}>
            <span className="dispatch-expiry" data-expired={expired} role="img" aria-label={said}>
              <Icon name="alert" size={14} />
            </span>
          </Tooltip>
        )
      })}
    </Group>
  )
}

function Block({
  placed: { job, lane, ...span },
  scale,
  words,
  chosen,
  choose,
}: Props & { placed: Placed }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const about = job.about.length === 0 ? say(job.title, job.process) : job.about.join(' · ')
  const time =
    job.kind === 'due' ? t('dispatch.dueShort', { time: words.hour(span.to) }) : words.hour(span.from)
  return (
    <button
      type="button"
      className="dispatch-block"
      data-job={job.id}
      data-kind={job.kind}
      data-status={job.status}
      data-overdue={job.overdue}
      style={{ ...along(span, scale), insetBlockStart: `calc(4px + ${lane} * var(--dispatch-lane))` }}
      aria-pressed={job.id === chosen}
      aria-label={`${time} ${about}`}
      title={`${time} ${about}`}
      disabled={job.status !== 'active'}
      draggable={job.status === 'active'}
      onDragStart={(event) => dragging(event, job)}
      onClick={(event) => choose(job, event.detail === 0)}
    >
      <b>{time}</b> {about}
    </button>
  )
}
