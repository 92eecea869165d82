/**
 * What an attempt was worth, and what happened in it; for the screen and for paper.
 *
 * Must not: count; the card is the server's.
 */
import { Alert, Anchor, Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import type { AttemptMode, AttemptView } from '../../../machines/wire/training.ts'
import { useMe } from '../../session/queries.ts'
import { Icon } from '../../shell/icons.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { onceMore, startAttempt } from '../session/attempt-api.ts'
import { setupOf } from '../session/open-attempt.ts'
import { Room } from './room.ts'
import { RoomProvider } from './room-scene.tsx'
import './room.css'
import { ScoreView } from './score-view.tsx'
import { Talk } from './talk.tsx'
import { plant } from './timeline.ts'
import { useBest } from './use-best.ts'

export function AttemptResult({ attempt }: { attempt: AttemptView }): ReactElement {
  const { t } = useTranslation()
  const { say, time, date } = useSpeech()
  const { card, certificate, status, mode } = attempt
  const me = useMe().data
  const run = useMemo(() => runOf(attempt), [attempt])
  const best = useBest(attempt)
  const navigate = useNavigate()
  const again = useMutation({
    mutationFn: (how: AttemptMode) => startAttempt(onceMore(attempt, how)),
    onSuccess: (started) => void navigate(`/training/attempts/${encodeURIComponent(started.id)}`),
  })
  const isOwn = me?.id === attempt.person
  return (
    <Box maw={900} mx="auto" p="md">
      <Stack gap="lg" className="fc-panel score-page" p={{ base: 'md', sm: 'xl' }}>
        <div>
          <Title order={1} size="h2" className="fc-wrap">
            {say(attempt.title)}
          </Title>
          <Text size="sm" c="dimmed" className="fc-wrap">
            {[attempt.name, t(`training.mode.${mode}`), time(attempt.endedAt ?? attempt.startedAt)].join(
              ' \u00b7 ',
            )}
          </Text>
        </div>
        {certificate === undefined ? null : (
          <Alert color="teal" variant="light" icon={<Icon name="check" />} data-certificate>
            {t('training.certificate', { kind: certificate.kind, until: date(certificate.validUntil) })}
          </Alert>
        )}
        {attempt.otherEngine === true ? (
          <Text size="xs" c="dimmed">
            {t('training.otherEngine')}
          </Text>
        ) : null}
        {card === undefined ? (
          <Alert color="yellow" variant="light" icon={<Icon name="alert" />}>
            {t(status === 'void' ? 'training.void' : 'training.left')}
          </Alert>
        ) : null}
        {card === undefined ? (
          isOwn ? (
            <Acts attempt={attempt} again={(how) => again.mutate(how)} isBusy={again.isPending} />
          ) : null
        ) : (
          <ScoreView
            card={card}
            startedAt={run?.startedAt ?? Date.parse(attempt.content.start.now)}
            best={best}
          >
            {isOwn ? (
              <Acts attempt={attempt} again={(how) => again.mutate(how)} isBusy={again.isPending} />
            ) : (
              <PrintButton />
            )}
          </ScoreView>
        )}
        {again.isError ? <ProblemNotice error={again.error} /> : null}
        {run === undefined ? null : (
          <details className="room-hints score-acts">
            <summary>{t('training.score.whatHappened')}</summary>
            <Past sim={run} />
          </details>
        )}
        <div className="score-signed">
          <span>{t('training.score.signTrainee', { name: attempt.name })}</span>
          <span>{t('training.score.signTrainer')}</span>
        </div>
      </Stack>
    </Box>
  )
}

/** As a practice would have explained it. */
function runOf(attempt: AttemptView): Sim | undefined {
  const setup = setupOf(attempt, 'practice')
  if (setup === undefined) return undefined
  const again = replaySteps(setup, attempt.steps)
  return again.sim
}

function Past({ sim }: { sim: Sim }): ReactElement {
  const room = useMemo(() => new Room(plant(sim)), [sim])
  return (
    <RoomProvider room={room}>
      <Talk />
    </RoomProvider>
  )
}

function PrintButton(): ReactElement {
  const { t } = useTranslation()
  return (
    <Group className="score-acts">
      <Button variant="default" onClick={() => window.print()}>
        {t('training.score.print')}
      </Button>
    </Group>
  )
}

function Acts({
  attempt,
  again,
  isBusy,
}: {
  attempt: AttemptView
  again(how: AttemptMode): void
  isBusy: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { mode, status } = attempt
  return (
    <Group gap="sm" className="score-acts">
      {status === 'passed' || mode === 'practice' ? null : (
        <Button loading={isBusy} onClick={() => again('practice')}>
          {t('training.score.practise')}
        </Button>
      )}
      <Button
        variant={mode === 'practice' && status !== 'passed' ? 'filled' : 'default'}
        loading={isBusy}
        onClick={() => again(mode)}
      >
        {t(mode === 'examination' ? 'training.score.againExamination' : 'training.score.again')}
      </Button>
      <Button variant="default" onClick={() => window.print()}>
        {t('training.score.print')}
      </Button>
      <Anchor component={Link} to="/training" size="sm">
        {t('training.score.toTraining')}
      </Anchor>
    </Group>
  )
}
