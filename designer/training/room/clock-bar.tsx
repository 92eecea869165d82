/**
 * The clock of a run: its time, how fast it goes, and what to wait for.
 *
 * Promises: an examination's clock cannot be stopped, and shows the time that is left.
 */
import { Button, Group, Menu, Progress, SegmentedControl, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { lengthOf } from '../../../machines/simulate/standing.ts'
import { useCallKeys } from '../../call/use-call-keys.ts'
import { countdown } from '../../jobs/span.ts'
import { Icon } from '../../shell/icons.tsx'
import { stretchInWords } from '../../text/format.ts'
import { useSpeech } from '../../text/use-language.ts'
import { SPEEDS, type Speed } from './clock.ts'
import { useScene } from './room-scene.tsx'

const MINUTES = [1, 5, 30] as const
const isSpeed = (value: number): value is Speed => SPEEDS.some((speed) => speed === value)

export function ClockBar(): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const { room, view, clock } = useScene()
  const { sim, isPlaying, speed, mode, over, isHeld } = view
  const isExamination = mode === 'examination'
  const toggle = (): void => (isPlaying ? room.pause() : room.play())
  useCallKeys(
    new Map(
      over === undefined
        ? [
            ['P', toggle],
            ['N', () => room.passToSomething()],
            ['B', () => room.back()],
          ]
        : [],
    ),
  )
  const { timeLimit } = sim.setup.scenario
  const used = (sim.over?.at ?? sim.now) - sim.startedAt
  return (
    <section className="room-clock" aria-label={t('training.clock.label')}>
      <div>
        <Text fw={700} size="lg" className="room-figures" component="time" data-clock>
          {clock.exact(sim.now)}
        </Text>
        <Text size="xs" c="dimmed" className="room-figures">
          {[
            t(isHeld ? 'training.clock.usedResting' : 'training.clock.used', {
              time: countdown(used, language),
            }),
            ...(mode === 'practice' && timeLimit !== undefined
              ? [t('training.clock.limit', { time: stretchInWords(lengthOf(timeLimit), language) })]
              : []),
          ].join(' \u00b7 ')}
        </Text>
      </div>
      {over === undefined ? (
        <Group gap="xs" className="room-controls">
          {isExamination ? null : (
            <Button
              size="xs"
              variant={isPlaying ? 'default' : 'filled'}
              leftSection={<Icon name={isPlaying ? 'pause' : 'play'} size={14} />}
              onClick={toggle}
              aria-keyshortcuts="P"
            >
              {t(isPlaying ? 'training.clock.pause' : 'training.clock.play')}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('training.clock.speed')}
            value={String(speed)}
            data={SPEEDS.map((each) => ({
              value: String(each),
              label: t('training.clock.times', { count: each }),
            }))}
            onChange={(value) => {
              const wanted = Number(value)
              if (isSpeed(wanted)) room.play(wanted)
            }}
          />
          <Button size="xs" variant="default" onClick={() => room.passToSomething()} aria-keyshortcuts="N">
            {t('training.clock.something')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" rightSection={<Icon name="unfold" size={12} />}>
                {t('training.clock.pass')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {MINUTES.map((minutes) => (
                <Menu.Item key={minutes} onClick={() => room.passMinutes(minutes)}>
                  {t('training.clock.minutes', { count: minutes })}
                </Menu.Item>
              ))}
              {isExamination ? null : (
                <Menu.Item onClick={() => room.passToBreach()}>{t('training.clock.breach')}</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </Group>
      ) : null}
      {isExamination ? <TimeLeft usedMs={used} /> : null}
    </section>
  )
}

function TimeLeft({ usedMs }: { usedMs: number }): ReactElement | null {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const { view } = useScene()
  const { timeLimit } = view.sim.setup.scenario
  if (timeLimit === undefined) return null
  const limit = lengthOf(timeLimit)
  const left = Math.max(0, limit - usedMs)
  const share = limit === 0 ? 0 : (100 * left) / limit
  const told = t('training.clock.left', { time: countdown(left, language) })
  return (
    <div className="room-left">
      <Text size="xs" fw={600} className="room-figures">
        {told}
      </Text>
      <Progress value={share} size="md" color={share < 20 ? 'red' : 'cyan'} aria-label={told} />
    </div>
  )
}
