/**
 * An attempt: read the briefing, run it, see what it was worth.
 *
 * Promises: a page that is loaded again goes on where it stood; an examination that is over is counted by itself.
 * Must not: count for good; the server does.
 */
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { AttemptView } from '../../../machines/wire/training.ts'
import { follow } from '../../session/feed.ts'
import { useProcesses } from '../../session/queries.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { Icon } from '../../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { Page } from '../../shell/page.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { attemptKey, finishAttempt, readAttempt, streamAddress } from '../session/attempt-api.ts'
import { forgetTree } from '../session/kept-tree.ts'
import { type OpenAttempt, openAttempt } from '../session/open-attempt.ts'
import { readChange } from '../session/read-change.ts'
import { AttemptResult } from './attempt-result.tsx'
import { Briefing } from './briefing.tsx'
import { OverSign, RoomFrame } from './room-frame.tsx'
import { present } from './timeline.ts'
import { Leaving } from './use-leaving.tsx'

export default function AttemptPage(): ReactElement {
  const { attempt: id = '' } = useParams()
  const { t } = useTranslation()
  const { say } = useSpeech()
  const attempt = useQuery({
    queryKey: attemptKey(id),
    queryFn: ({ signal }) => readAttempt(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  if (attempt.data === undefined)
    return (
      <Page title={t('training.title')}>
        {attempt.isError ? (
          <ProblemNotice error={attempt.error} retry={() => void attempt.refetch()} />
        ) : (
          <Waiting />
        )}
      </Page>
    )
  return (
    <>
      <title>{`${say(attempt.data.title)} \u00b7 ${t('app.name')}`}</title>
      {attempt.data.status === 'open' ? (
        <Open key={id} attempt={attempt.data} />
      ) : (
        <AttemptResult key={id} attempt={attempt.data} />
      )}
    </>
  )
}

function Open({ attempt }: { attempt: AttemptView }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [opened] = useState(() => openAttempt(attempt))
  const [isStarted, setStarted] = useState(attempt.steps.length > 0)
  const process = useProcesses().data?.processes.find(({ id }) => id === attempt.process)
  if ('reasons' in opened)
    return (
      <Page title={say(attempt.title)}>
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          <Text size="sm">{t('training.cannotBegin')}</Text>
          {opened.reasons.map(({ code, message }) => (
            <Text size="sm" key={`${code} ${message.en}`}>
              {say(message)}
            </Text>
          ))}
        </Alert>
      </Page>
    )
  const processTitle = say(process?.title, attempt.process)
  if (!isStarted)
    return (
      <Briefing
        scenario={attempt.content}
        mode={attempt.mode}
        process={processTitle}
        timeZone={attempt.calendars.timeZone}
        begins={opened.room.view.sim.startedAt}
        start={() => {
          setStarted(true)
          opened.room.play(1)
        }}
      />
    )
  return <Run attempt={attempt} opened={opened} process={processTitle} />
}

/** Follows what the server tells of the attempt, and tries again when there is a connection. */
function useTold(id: string, { room, sync }: OpenAttempt): void {
  useEffect(() => {
    const online = (): void => sync.retry()
    window.addEventListener('online', online)
    const end = follow(streamAddress(id), {
      events: {
        steps: (data) => {
          const change = readChange(data)
          if (change?.type === 'steps' && change.attempt === id) sync.hear(change.from, change.steps)
        },
      },
      up: () => sync.retry(),
      down: () => undefined,
    })
    return () => {
      window.removeEventListener('online', online)
      end()
    }
  }, [id, sync])
  // Who comes back to an examination finds its clock running.
  useEffect(() => {
    if (room.view.mode === 'examination') room.play(1)
  }, [room])
}

function Run({
  attempt,
  opened,
  process,
}: {
  attempt: AttemptView
  opened: OpenAttempt
  process: string
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { room, sync } = opened
  const { id, mode } = attempt
  useTold(id, opened)
  const over = useSyncExternalStore(room.subscribe, () => room.view.over)
  const sending = useSyncExternalStore(sync.subscribe, () => sync.state)
  const [asked, setAsked] = useState<'finish' | 'briefing'>()
  const finish = useMutation({
    mutationFn: async () => {
      await sync.settle()
      await finishAttempt(id, mode === 'practice' ? { claimed: claimOf(opened) } : {})
    },
    onSuccess: async () => {
      forgetTree(id)
      await client.invalidateQueries({ queryKey: ['training'] })
    },
  })
  const { mutate, isIdle } = finish
  const isOver = over !== undefined
  useEffect(() => {
    if (isOver && mode === 'examination' && isIdle) mutate()
  }, [isOver, mode, isIdle, mutate])
  const end = (): void => {
    setAsked(undefined)
    if (mode === 'examination') room.do({ do: 'give-up' })
    else mutate()
  }
  const close = (): void => setAsked(undefined)
  return (
    <>
      <Leaving
        asks={
          !finish.isSuccess &&
          ((mode === 'examination' && !isOver) || sending.is === 'away' || sending.is === 'refused')
        }
        lead={t(mode === 'examination' ? 'training.leave.examination' : 'training.leave.unsent')}
      />
      <RoomFrame
        room={room}
        beside={
          <Group gap="xs">
            {sending.is === 'away' ? (
              <Badge variant="light" color="yellow" c="var(--mantine-color-text)" tt="none" role="status">
                {t('training.away')}
              </Badge>
            ) : null}
            <Button size="xs" variant="default" onClick={() => setAsked('briefing')}>
              {t('training.brief.again')}
            </Button>
            {isOver ? null : (
              <Button size="xs" variant="default" onClick={() => setAsked('finish')}>
                {t(mode === 'examination' ? 'training.giveUp' : 'training.finish')}
              </Button>
            )}
          </Group>
        }
        above={
          sending.is === 'refused' ? <ProblemNotice error={sending.error} retry={() => sync.retry()} /> : null
        }
        atEnd={
          <Stack gap="sm" className="room-choices" aria-live="assertive">
            <OverSign text={over === undefined ? '' : t(`training.over.${over}`)} />
            {finish.isError ? <ProblemNotice error={finish.error} /> : null}
            <Group gap="sm">
              <Button loading={finish.isPending} onClick={() => mutate()}>
                {t('training.seeScore')}
              </Button>
              {mode === 'practice' ? (
                <Button
                  variant="default"
                  leftSection={<Icon name="undo" size={14} />}
                  onClick={() => room.back()}
                >
                  {t('training.tree.back')}
                </Button>
              ) : null}
            </Group>
          </Stack>
        }
      />
      {asked === 'briefing' ? (
        <Dialog title={t('training.brief.again')} closeLabel={t('training.close')} close={close}>
          <Briefing
            scenario={attempt.content}
            mode={mode}
            process={process}
            timeZone={attempt.calendars.timeZone}
            begins={room.view.sim.startedAt}
          />
        </Dialog>
      ) : null}
      {asked === 'finish' ? (
        <Dialog
          title={t(mode === 'examination' ? 'training.giveUp' : 'training.finish')}
          closeLabel={t('training.close')}
          close={close}
          size="md"
        >
          <Text size="sm">{t(mode === 'examination' ? 'training.giveUpLead' : 'training.finishLead')}</Text>
          <Group gap="sm">
            <Button onClick={end} loading={finish.isPending}>
              {t(mode === 'examination' ? 'training.giveUp' : 'training.finish')}
            </Button>
            <Button variant="default" onClick={close} data-autofocus>
              {t('training.goOn')}
            </Button>
          </Group>
        </Dialog>
      ) : null}
    </>
  )
}

/** What the page counts of what it sent: the server counts the same, or something was tampered with. */
function claimOf({ room }: OpenAttempt): { points: number; passed: boolean } {
  const { points, passed } = scoreOf(present(room.view.timeline).sim)
  return { points, passed }
}
