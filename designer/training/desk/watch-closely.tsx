/** One trainee watched closely: the conversation as it comes, the drawing with where he is, and what can be thrown in. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { useSpeech } from '../../text/use-language.ts'
import { Room } from '../room/room.ts'
import { RoomProvider, runClock } from '../room/room-scene.tsx'
import { RunChart } from '../room/run-chart.tsx'
import { Talk } from '../room/talk.tsx'
import { plant } from '../room/timeline.ts'
import { ThrowInForm } from './throw-in.tsx'
import type { Watched } from './watched-run.ts'
import '../room/room.css'

export function WatchClosely({
  code,
  run,
  mayThrow,
}: {
  code: string
  run: Watched
  mayThrow: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const { attempt, sim } = run
  if (sim === undefined) return <Text c="dimmed">{t('trainer.session.cannotShow')}</Text>
  return (
    <section className="session-close" aria-label={attempt.name}>
      <Stack gap="xs" miw={0}>
        <Group justify="space-between">
          <Title order={2} size="h5">
            {attempt.name}
          </Title>
          <Text size="sm" c="dimmed">
            {t('trainer.session.clock', {
              time: runClock(sim.setup.calendars.timeZone, language).exact(sim.now),
            })}
          </Text>
        </Group>
        <Shown sim={sim} trainee={attempt.name} />
      </Stack>
      {mayThrow ? <ThrowInForm code={code} attempt={attempt} sim={sim} /> : null}
    </section>
  )
}

/** The run as a room that nobody acts in; it is made anew with each step. */
function Shown({ sim, trainee }: { sim: Sim; trainee: string }): ReactElement {
  const [room, setRoom] = useState(() => new Room(plant(sim)))
  useEffect(() => setRoom(new Room(plant(sim))), [sim])
  return (
    <RoomProvider room={room}>
      <div className="session-run">
        <div className="session-talk">
          <Talk trainee={trainee} />
        </div>
        <div className="session-chart">
          <RunChart />
        </div>
      </div>
    </RoomProvider>
  )
}
