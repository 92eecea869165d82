/**
 * The drawing of a run's process with the present states lit and the way it took; the owner sets guards and states here.
 *
 * Must not: be shown in an examination.
 */
import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { type ReactElement, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sim } from '../../../machines/simulate/sim.ts'
import { activeOf } from '../../../machines/simulate/standing.ts'
import { LazyChart } from '../../canvas/lazy-chart.tsx'
import type { WaySign, WaySigns } from '../../canvas/way.ts'
import { stateInWords } from '../../jobs/job-words.ts'
import { Waiting } from '../../shell/notices.tsx'
import { useScene } from './room-scene.tsx'

export function RunChart(): ReactElement {
  const { t } = useTranslation()
  const { view, isOwner, model } = useScene()
  const { sim } = view
  const { compiled } = sim.setup
  const active = activeOf(sim)
  const { entries, forced } = sim
  const way = useMemo(() => wayOf(entries, forced, t), [entries, forced, t])
  return (
    <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
      <LazyChart
        definition={compiled.definition}
        layoutKey={compiled.hash}
        label={t('training.drawing')}
        active={active}
        way={way}
        {...(isOwner
          ? {
              more: (choice) =>
                'state' in choice ? (
                  choice.state === '' ? null : (
                    <JumpButton path={choice.state} />
                  )
                ) : model.transitions.some(
                    ({ pointer, guard }) => pointer === choice.transition && guard !== undefined,
                  ) ? (
                  <GuardSwitch pointer={choice.transition} />
                ) : null,
            }
          : {})}
      />
    </Suspense>
  )
}

function wayOf(entries: Sim['entries'], forced: Sim['forced'], t: TFunction): WaySigns {
  const counts = new Map<string, number>()
  for (const { taken } of entries)
    for (const pointer of taken) counts.set(pointer, (counts.get(pointer) ?? 0) + 1)
  const transitions = new Map<string, WaySign>()
  for (const [pointer, count] of counts)
    transitions.set(pointer, {
      told: t('jobPage.taken', { count }),
      ...(count > 1 ? { often: t('jobPage.often', { count }) } : {}),
    })
  for (const [pointer, outcome] of Object.entries(forced)) {
    const told = t(outcome ? 'training.owner.forcedTrue' : 'training.owner.forcedFalse')
    transitions.set(pointer, { told, often: told })
  }
  return { states: new Map(), transitions }
}

function JumpButton({ path }: { path: string }): ReactElement {
  const { t } = useTranslation()
  const { room, view, words } = useScene()
  return (
    <Button
      size="xs"
      variant="light"
      disabled={view.over !== undefined}
      onClick={() => room.do({ do: 'jump', to: [path] })}
    >
      {t('training.owner.jumpTo', { state: stateInWords(path, words) })}
    </Button>
  )
}

/** A guard as it is, or as the owner wants it. */
export function GuardSwitch({ pointer, label }: { pointer: string; label?: string }): ReactElement {
  const { t } = useTranslation()
  const { room, view } = useScene()
  const outcome = view.sim.forced[pointer]
  const value = outcome === undefined ? 'free' : outcome ? 'true' : 'false'
  return (
    <Stack gap={4}>
      <SegmentedControl
        size="xs"
        aria-label={label ?? t('training.owner.guard')}
        value={value}
        disabled={view.over !== undefined}
        data={(['free', 'true', 'false'] as const).map((each) => ({
          value: each,
          label: t(`training.owner.as.${each}`),
        }))}
        onChange={(chosen) =>
          room.do({
            do: 'force',
            transition: pointer,
            ...(chosen === 'free' ? {} : { outcome: chosen === 'true' }),
          })
        }
      />
      {outcome === undefined ? null : (
        <Text size="xs" className="room-forced">
          {t('training.byHand')}
        </Text>
      )}
    </Stack>
  )
}
