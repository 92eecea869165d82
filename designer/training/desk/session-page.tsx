/**
 * `/training/sessions/:code`: a trainer watches a live session, and throws in events.
 *
 * Promises: the code can be read from the back of a room; whom one watches stands in the address.
 */
import './session.css'
import { Alert, Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { readChart } from '../../../machines/drawing/model.ts'
import { activeOf } from '../../../machines/simulate/standing.ts'
import type { AttemptSummary, SessionView } from '../../../machines/wire/training.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { ModeBadge, StateBadge } from './badges.tsx'
import { stateTitle } from './edit/names.tsx'
import { closeSession, refreshTraining } from './training-api.ts'
import { TrainingPage } from './training-page.tsx'
import { useSession, useWatched } from './use-session.ts'
import { WatchClosely } from './watch-closely.tsx'
import { type Watched, watchedOf } from './watched-run.ts'

export default function SessionPage(): ReactElement {
  const { code = '' } = useParams()
  const { t } = useTranslation()
  const { say } = useSpeech()
  const session = useSession(code)
  const { data } = session
  return (
    <TrainingPage
      title={t('trainer.session.page')}
      beside={data === undefined || data.closedAt !== undefined ? null : <CloseButton code={code} />}
    >
      {session.isError ? (
        <ProblemNotice error={session.error} retry={() => void session.refetch()} />
      ) : data === undefined ? (
        <Waiting />
      ) : (
        <Stack gap="md">
          <Group className="fc-panel" p="md" justify="space-between" gap="lg">
            <div>
              <Group gap="sm">
                <Title order={2} size="h4" className="fc-wrap">
                  {say(data.title, data.scenario)}
                </Title>
                <ModeBadge mode={data.mode} />
              </Group>
              <Text size="sm" c="dimmed">
                {t('trainer.session.howTo', { address: `${window.location.host}/training/join` })}
              </Text>
            </div>
            <Text
              className="session-code"
              aria-label={t('trainer.session.codeIs', { code: spaced(data.code) })}
            >
              {spaced(data.code)}
            </Text>
          </Group>
          {data.closedAt === undefined ? null : (
            <Alert color="gray" variant="light" role="status">
              {t('trainer.session.closed')}
            </Alert>
          )}
          <Trainees session={data} />
        </Stack>
      )}
    </TrainingPage>
  )
}

/** In groups, as one reads it out. */
const spaced = (code: string): string =>
  code.length <= 4
    ? code
    : `${code.slice(0, Math.ceil(code.length / 2))} ${code.slice(Math.ceil(code.length / 2))}`

function Trainees({ session }: { session: SessionView }): ReactElement {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const views = useWatched(session)
  const watched = useMemo(() => new Map(views.map((view) => [view.id, watchedOf(view)])), [views])
  const asked = address.get('watch')
  const closely = watched.get(asked ?? session.attempts[0]?.id ?? '')
  if (session.attempts.length === 0)
    return <Empty title={t('trainer.session.nobody')} lead={t('trainer.session.nobodyLead')} />
  return (
    <div className="session-body">
      <Stack gap="xs" component="section" aria-label={t('trainer.session.trainees')}>
        {session.attempts.map((attempt) => (
          <Trainee
            key={attempt.id}
            attempt={attempt}
            run={watched.get(attempt.id)}
            isHere={closely?.attempt.id === attempt.id}
            choose={() => setAddress({ watch: attempt.id }, { replace: true })}
          />
        ))}
      </Stack>
      {closely === undefined ? (
        <Waiting />
      ) : (
        <WatchClosely
          key={closely.attempt.id}
          code={session.code}
          run={closely}
          mayThrow={session.closedAt === undefined && closely.attempt.status === 'open'}
        />
      )}
    </div>
  )
}

function Trainee({
  attempt,
  run,
  isHere,
  choose,
}: {
  attempt: AttemptSummary
  run: Watched | undefined
  isHere: boolean
  choose(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say, number, list } = useSpeech()
  const sim = run?.sim
  const definition = sim?.compiled.definition
  const chart = useMemo(() => readChart(definition), [definition])
  const points = attempt.points ?? run?.points
  const broken = sim?.marks.filter(({ is }) => is !== 'met').length ?? 0
  return (
    <UnstyledButton
      className="fc-panel session-trainee"
      aria-pressed={isHere}
      data-attempt={attempt.id}
      onClick={choose}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} truncate>
          {attempt.name}
        </Text>
        <StateBadge state={attempt.status} />
      </Group>
      <Text size="sm" className="fc-wrap">
        {sim === undefined
          ? t('common.loading')
          : list(activeOf(sim).map((path) => stateTitle(chart, path, say)))}
      </Text>
      <Text size="xs" c="dimmed">
        {[
          points === undefined ? '' : t('trainer.points', { points: number(points) }),
          t('trainer.session.steps', { count: run?.attempt.steps.length ?? 0 }),
          broken === 0 ? '' : t('trainer.session.broken', { count: broken }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </Text>
    </UnstyledButton>
  )
}

function CloseButton({ code }: { code: string }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const close = useMutation({
    mutationFn: () => closeSession(code),
    onSuccess: async () => {
      await refreshTraining(client)
      setAsking(false)
    },
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('trainer.session.close')}
      </Button>
      {asking ? (
        <Dialog
          title={t('trainer.session.closeTitle')}
          closeLabel={t('trainer.cancel')}
          size="md"
          close={() => setAsking(false)}
        >
          <Text>{t('trainer.session.closeLead')}</Text>
          {close.isError ? <ProblemNotice error={close.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t('trainer.cancel')}
            </Button>
            <Button color="red.9" loading={close.isPending} onClick={() => close.mutate()}>
              {t('trainer.session.close')}
            </Button>
          </Group>
        </Dialog>
      ) : null}
    </>
  )
}
