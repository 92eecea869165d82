/**
 * Giving a job to somebody where it is not a matter of one press: what speaks against it, what the event asks, overtime
 * to be agreed first.
 *
 * Promises: nobody is given a job that rules bar; what gives doubt is told before it is done all the same.
 */
import { Alert, Anchor, Button, Group, List, NumberInput, Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { MOST_OVERTIME_MINUTES } from '../../machines/dispatch/overtime.ts'
import type { Candidate, Candidates } from '../../machines/wire/dispatch.ts'
import { PayloadForm } from '../jobs/parts/payload-form.tsx'
import { type Form, formOf, type TypedFields, typedDefaults } from '../jobs/payload.ts'
import { ApiError } from '../session/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Icon, type IconName } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { type Asked, type Assignment, useAgreeOvertime, useCandidates } from './dispatch-queries.ts'
import type { DayWords } from './use-day-words.ts'

/** What is asked beside the person, in the words of the page where it is done by hand. */
export function formFor({ assigning }: Candidates, reason: { en: string }): Form {
  if (assigning?.by !== 'event')
    return formOf({
      properties: { reason: { type: 'string', maxLength: 2000, meta: { title: reason } } },
      required: ['reason'],
    })
  const form = formOf(assigning.event.payload)
  return { ...form, inputs: form.inputs.filter(({ name }) => name !== assigning.person) }
}

type Props = {
  asked: Asked
  person: { id: string; name: string }
  words: DayWords
  pending: boolean
  error: unknown
  assign(assignment: Assignment): void
  close(): void
}

export function AssignDialog({ asked, person, words, pending, error, assign, close }: Props): ReactElement {
  const { t } = useTranslation()
  const { data, error: failed, refetch } = useCandidates(asked)
  const candidate = data?.candidates.find(({ id }) => id === person.id)
  const [seen, setSeen] = useState<number>()
  if (data !== undefined && seen === undefined) setSeen(data.job.seq)
  const isOvertaken = data !== undefined && seen !== undefined && data.job.seq !== seen
  return (
    <Dialog
      title={t('dispatch.giveTitle', { name: person.name })}
      closeLabel={t('dispatch.close')}
      close={close}
      size="md"
    >
      {failed === null ? null : <ProblemNotice error={failed} retry={() => void refetch()} />}
      {data === undefined && failed === null ? <Waiting /> : null}
      {data === undefined ? null : (
        <Stack gap="sm">
          <Headline candidates={data} words={words} />
          {isOvertaken || isOvertaking(error) ? <Overtaken /> : null}
          {candidate === undefined ? (
            <Text size="sm">{t('dispatch.noEngineer', { name: person.name })}</Text>
          ) : (
            // What others changed is another question, with a form of its own.
            <Decide key={data.job.seq} {...{ data, candidate, pending, error, assign, close }} />
          )}
        </Stack>
      )}
    </Dialog>
  )
}

function Headline({
  candidates: { job, visit },
  words,
}: {
  candidates: Candidates
  words: DayWords
}): ReactElement {
  const { say } = useSpeech()
  return (
    <div>
      <Text fw={600} className="fc-wrap">
        {job.about.length === 0 ? say(job.title, job.process) : job.about.join(' · ')}
      </Text>
      <Text size="sm" c="dimmed">
        {[
          say(job.title, job.process),
          visit === undefined ? undefined : `${words.moment(visit.from)}–${words.hour(Date.parse(visit.to))}`,
          job.region,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </Text>
    </div>
  )
}

type DecideProps = {
  data: Candidates
  candidate: Candidate
  pending: boolean
  error: unknown
  assign(assignment: Assignment): void
  close(): void
}

function Decide({ data, candidate, pending, error, assign, close }: DecideProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { assigning, job } = data
  const form = formFor(data, { en: t('dispatch.reason') })
  const [typed, setTyped] = useState<TypedFields>(() => typedDefaults(form))
  const barred = assigning === undefined || (assigning.by === 'event' && !assigning.event.open)
  const overtime = candidate.reasons.find(({ code }) => code === 'overtime-not-agreed')
  const bars = candidate.reasons.filter(({ weight }) => weight === 'bar')
  const onlyOvertime = overtime !== undefined && bars.length === 1
  return (
    <>
      <Reasons reasons={candidate.reasons} />
      {barred ? (
        <Stack gap={4} role="alert">
          <Text size="sm" fw={600}>
            {t('dispatch.notNow')}
          </Text>
          {(assigning?.by === 'event' ? assigning.event.reasons : []).map((reason) => (
            <Text size="sm" key={reason.message.en}>
              {say(reason.message)}
            </Text>
          ))}
        </Stack>
      ) : null}
      {error === null || isOvertaking(error) ? null : <ProblemNotice error={error} />}

      {!barred && onlyOvertime ? (
        <AgreeOvertime needed={overtime.values?.needed} {...{ data, candidate }} />
      ) : null}
      {barred || candidate.fit === 'no' ? (
        <Group justify="space-between">
          <Anchor component={Link} to={`/jobs/${job.id}`} size="sm">
            {t('dispatch.openJob')}
          </Anchor>
          <Button variant="default" size="sm" onClick={close}>
            {t('dispatch.another')}
          </Button>
        </Group>
      ) : (
        <PayloadForm
          form={form}
          typed={typed}
          put={setTyped}
          submit={(payload) => {
            if (!pending) assign({ person: candidate.id, candidates: data, payload })
          }}
          reasons={error instanceof ApiError ? error.reasons : []}
        >
          <Group gap="sm">
            <Button type="submit" size="sm" loading={pending} data-autofocus>
              {t(candidate.fit === 'doubt' ? 'dispatch.allTheSame' : 'dispatch.give')}
            </Button>
            <Button variant="default" size="sm" disabled={pending} onClick={close}>
              {t('dispatch.another')}
            </Button>
          </Group>
        </PayloadForm>
      )}
    </>
  )
}

const isOvertaking = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'precondition-failed'

function Overtaken(): ReactElement {
  const { t } = useTranslation()
  return (
    <Alert color="yellow" variant="light" role="alert">
      {t('dispatch.overtaken')}
    </Alert>
  )
}

const SIGNS = { bar: 'close', doubt: 'alert', fact: 'check' } as const satisfies Record<string, IconName>

function Reasons({ reasons }: { reasons: Candidate['reasons'] }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  return (
    <List size="sm" spacing={4} listStyleType="none" aria-label={t('dispatch.reasons')}>
      {reasons.map(({ code, weight, message, norms = [] }) => (
        <List.Item key={`${code}${message.en}`}>
          <Group gap={8} wrap="nowrap" align="flex-start" className="dispatch-reason" data-weight={weight}>
            <Icon name={SIGNS[weight]} size={16} />
            <Text component="span" size="sm">
              {say(message)}
              {norms.length === 0 ? null : (
                <Text component="span" size="xs" c="dimmed" ml={6}>
                  {list(norms)}
                </Text>
              )}
            </Text>
          </Group>
        </List.Item>
      ))}
    </List>
  )
}

/** GN-02: he agreed on the telephone; it is written down before the job is given to him. */
function AgreeOvertime({
  needed,
  data,
  candidate,
}: {
  needed: unknown
  data: Candidates
  candidate: Candidate
}): ReactElement {
  const { t } = useTranslation()
  const [minutes, setMinutes] = useState(typeof needed === 'number' ? needed : 60)
  const agree = useAgreeOvertime()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!agree.isPending) agree.mutate({ person: candidate.id, date: data.date, minutes })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" className="dispatch-overtime">
        <Text size="sm">{t('dispatch.agreeLead', { name: candidate.name })}</Text>
        <Group gap="sm" align="flex-end">
          <NumberInput
            label={t('dispatch.agreeMinutes')}
            size="sm"
            w={200}
            min={1}
            max={MOST_OVERTIME_MINUTES}
            step={15}
            allowDecimal={false}
            value={minutes}
            onChange={(value) => setMinutes(Number(value))}
          />
          <Button type="submit" size="sm" loading={agree.isPending}>
            {t('dispatch.agree')}
          </Button>
        </Group>
        {agree.isError ? <ProblemNotice error={agree.error} /> : null}
      </Stack>
    </form>
  )
}
