/** What is known of the job in a run: who is there, what is due, its data, the hints of a practice. */
import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { deadlinesOf } from '../../../machines/advance/view.ts'
import type { Prompt } from '../../../machines/simulate/scenario.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { holds, isIn } from '../../../machines/simulate/standing.ts'
import type { Deadline } from '../../../machines/wire/jobs.ts'
import { Fields } from '../../jobs/job-facts.tsx'
import { countdown } from '../../jobs/span.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { counting } from './clock.ts'
import { Face } from './face.tsx'
import { temperOf } from './line-words.ts'
import { useScene } from './room-scene.tsx'

/** Everybody of the cast, and how they feel now. */
export function Cast(): ReactElement | null {
  const { view, nameOf, isOwner } = useScene()
  const { say } = useSpeech()
  const { t } = useTranslation()
  const { cast } = view.sim.setup.scenario
  const keys = Object.keys(cast)
  // An owner's cast is everybody of the organisation.
  if (keys.length === 0 || isOwner) return null
  return (
    <ul className="room-cast" aria-label={t('training.cast')}>
      {keys.map((key) => {
        const temper = temperOf(view.sim, key)
        return (
          <li key={key} {...(cast[key]?.about === undefined ? {} : { title: say(cast[key]?.about) })}>
            <Text size="sm" fw={600} component="span" className="fc-wrap">
              {nameOf(key)}
            </Text>
            {temper === undefined ? null : <Face temper={temper} />}
          </li>
        )
      })}
    </ul>
  )
}

/** What runs out first, always in sight. */
export function NextDue(): ReactElement | null {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const { view } = useScene()
  const { sim, over } = view
  const next = deadlinesOf(sim.compiled, sim.job).find(({ fired, left }) => !fired && left === undefined)
  if (next === undefined || over !== undefined) return null
  const { leftMs, restsUntil } = counting(sim, Date.parse(next.dueAt), next.calendar)
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" data-next-due={next.delay}>
      <Icon name="clock" size={16} />
      <Text size="sm" className="fc-wrap room-figures">
        {t(restsUntil === undefined ? 'training.due.next' : 'training.due.nextRests', {
          title: say(next.title, next.delay),
          time: countdown(leftMs, language),
        })}
      </Text>
    </Group>
  )
}

/** What is due next first. What has run out stays, marked. */
export function Dues(): ReactElement {
  const { t } = useTranslation()
  const { view } = useScene()
  const { sim } = view
  const due = deadlinesOf(sim.compiled, sim.job)
  if (due.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('job.noDeadlines')}
      </Text>
    )
  return (
    <Stack gap="xs" component="ul" m={0} p={0} className="room-dues">
      {due.map((deadline) => (
        <Due key={`${deadline.delay} ${deadline.dueAt}`} deadline={deadline} sim={sim} />
      ))}
    </Stack>
  )
}

function Due({ deadline, sim }: { deadline: Deadline; sim: Sim }): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const { view, clock } = useScene()
  const { delay, title, fired, kind, left, dueAt, calendar, norms } = deadline
  const isLate = fired && kind === 'deadline'
  const { leftMs, restsUntil } = counting(sim, Date.parse(dueAt), calendar)
  const told = fired
    ? t('training.due.out')
    : left !== undefined
      ? t('training.due.rests')
      : t('jobPage.left', { time: countdown(leftMs, language) })
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm" align="flex-start" data-due={delay}>
      <div style={{ minWidth: 0 }}>
        <Text size="sm" className="fc-wrap">
          {say(title, delay)}
        </Text>
        {restsUntil === undefined || fired || left !== undefined ? null : (
          <Text size="xs" c="dimmed" className="fc-wrap">
            {t('training.due.shut', {
              calendar: say(sim.setup.calendars.calendars[calendar ?? '']?.title, calendar),
              when: clock.moment(restsUntil),
            })}
          </Text>
        )}
      </div>
      <div style={{ textAlign: 'end', flex: 'none', maxWidth: '50%' }}>
        <Group
          gap={4}
          wrap="nowrap"
          justify="flex-end"
          {...(isLate ? { c: 'var(--mantine-color-error)' } : {})}
        >
          {isLate ? <Icon name="alert" size={14} /> : null}
          <Text size="sm" className="room-figures" fw={isLate ? 600 : 400}>
            {told}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {clock.moment(Date.parse(dueAt))}
        </Text>
        {view.mode === 'examination'
          ? null
          : norms.map((norm) => (
              <Badge key={norm} size="xs" ml={4} color="indigo" variant="light" c="var(--mantine-color-text)">
                {norm}
              </Badge>
            ))}
      </div>
    </Group>
  )
}

export function Facts(): ReactElement {
  const { view, words } = useScene()
  const { job, entries } = view.sim
  const changed = Object.keys(entries.at(-1)?.changed ?? {})
  return <Fields values={job.snapshot.context.fields} words={words} changed={changed} />
}

const applies = (sim: Sim, prompt: Prompt): boolean =>
  (prompt.in === undefined || isIn(sim, prompt.in)) && holds(sim, prompt.if)

/** Hints for where the run stands; of a practice alone. */
export function Hints(): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { view, explains } = useScene()
  const { sim, over } = view
  if (!explains || over !== undefined) return null
  const hints = (sim.setup.scenario.prompts ?? []).filter((prompt) => applies(sim, prompt))
  if (hints.length === 0) return null
  return (
    <details className="room-hints" data-hints>
      <summary>{t('training.hints', { count: hints.length })}</summary>
      <Stack gap={6} pt={6}>
        {hints.map((hint) => (
          <Text size="sm" key={hint.id} className="fc-wrap">
            {say(hint.text)}
            {hint.norms === undefined ? '' : ` (${hint.norms.join(', ')})`}
          </Text>
        ))}
      </Stack>
    </details>
  )
}
