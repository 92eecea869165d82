/**
 * The preview run: the scenario as it stands in the form, rehearsed in practice, without the server; and kept as a known run.
 *
 * Promises: what is kept is what an examination of the same steps comes to; steps after its end are left away.
 * Must not: change the scenario but by handing on the run.
 */
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Compiled, compile } from '../../../../machines/compile/compile.ts'
import type { Definition } from '../../../../machines/definition/schema.ts'
import { outcomeOf, replaySteps } from '../../../../machines/simulate/known-runs.ts'
import { begin } from '../../../../machines/simulate/run.ts'
import type { KnownRun, Scenario, Step } from '../../../../machines/simulate/scenario.ts'
import { scoreOf } from '../../../../machines/simulate/score.ts'
import type { Setup } from '../../../../machines/simulate/sim.ts'
import type { CalendarSet } from '../../../../machines/time/calendar.ts'
import { useSpeech } from '../../../text/use-language.ts'
import { Room } from '../../room/room.ts'
import { RoomFrame } from '../../room/room-frame.tsx'
import { plant, stepsTo } from '../../room/timeline.ts'

type Ground = { definition: Definition; version: number; calendars: CalendarSet }
type Props = Ground & {
  scenario: Scenario
  close(): void
  keep(run: KnownRun): void
}

/** A definition made ready to run; undefined where it cannot be. */
function readied(definition: Definition): Compiled | undefined {
  try {
    return compile(definition)
  } catch {
    return undefined
  }
}

export default function Preview(props: Props): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { scenario, definition, version, calendars, close } = props
  const setup = useMemo((): Setup | undefined => {
    const compiled = readied(definition)
    return compiled === undefined
      ? undefined
      : { scenario, compiled, version, calendars, seed: scenario.seed, mode: 'practice' }
  }, [scenario, definition, version, calendars])
  const begun = useMemo(() => (setup === undefined ? undefined : begin(setup)), [setup])
  const room = useMemo(() => (begun?.ok === true ? new Room(plant(begun.sim)) : undefined), [begun])
  return (
    <Modal.Root opened onClose={close} fullScreen>
      <Modal.Content aria-label={t('trainer.preview.title')}>
        <Modal.Body p="md">
          {room === undefined || setup === undefined ? (
            <Stack>
              <Alert color="red" variant="light" title={t('trainer.preview.cannot')} role="alert">
                {begun?.ok === false
                  ? begun.reasons.map(({ message }) => <Text key={message.en}>{say(message)}</Text>)
                  : null}
              </Alert>
              <Group>
                <Button data-autofocus onClick={close}>
                  {t('trainer.preview.back')}
                </Button>
              </Group>
            </Stack>
          ) : (
            <Rehearsal {...props} room={room} setup={setup} />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Rehearsal({ room, setup, close, keep }: Props & { room: Room; setup: Setup }): ReactElement {
  const { t } = useTranslation()
  const record = (): void => {
    room.keep()
    keep(knownRunOf(setup, stepsTo(room.view.timeline)))
  }
  return (
    <RoomFrame
      room={room}
      above={
        <Text size="sm" c="dimmed">
          {t('trainer.preview.lead')}
        </Text>
      }
      beside={
        <Group gap="xs">
          <Button size="xs" onClick={record}>
            {t('trainer.preview.keep')}
          </Button>
          <Button size="xs" variant="default" data-autofocus onClick={close}>
            {t('trainer.preview.back')}
          </Button>
        </Group>
      }
      atEnd={
        <Alert color="indigo" variant="light" title={t('trainer.preview.over')}>
          {t('trainer.preview.overLead')}
        </Alert>
      }
    />
  )
}

/** What the steps come to as an examination, which a critical fault ends. */
function knownRunOf(setup: Setup, steps: readonly Step[]): KnownRun {
  const examined: Setup = { ...setup, mode: 'examination' }
  const whole = replaySteps(examined, steps)
  const taken = whole.ok ? steps : steps.slice(0, Math.max(0, whole.step))
  const { sim } = whole.ok ? whole : replaySteps(examined, taken)
  if (sim === undefined) throw new Error('a run that was begun cannot begin')
  return { steps: [...taken], expect: outcomeOf(sim, scoreOf(sim)) }
}
