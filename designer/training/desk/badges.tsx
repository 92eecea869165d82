/** The small signs of the training room: how hard, in which mode, how it stands. Each is words on a colour, never colour alone. */
import { Badge } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptMode, AttemptStatus, ScenarioSummary } from '../../../machines/wire/training.ts'
import type { Health } from './find.ts'

const INK = 'var(--mantine-color-text)'

const LEVEL_COLOURS = { easy: 'teal', medium: 'blue', hard: 'grape' } as const
export function LevelBadge({ level }: { level: ScenarioSummary['difficulty'] }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge size="sm" variant="light" color={LEVEL_COLOURS[level]} c={INK} style={{ flex: 'none' }}>
      {t(`trainer.level.${level}`)}
    </Badge>
  )
}

export function ModeBadge({ mode }: { mode: AttemptMode }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge
      size="sm"
      variant="light"
      color={mode === 'examination' ? 'orange' : 'gray'}
      c={INK}
      style={{ flex: 'none' }}
    >
      {t(`trainer.mode.${mode}`)}
    </Badge>
  )
}

const STATE_COLOURS = {
  waiting: 'gray',
  open: 'blue',
  passed: 'teal',
  failed: 'red',
  late: 'orange',
  left: 'gray',
  void: 'red',
} as const
export function StateBadge({ state }: { state: AttemptStatus | 'waiting' | 'late' }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge size="sm" variant="light" color={STATE_COLOURS[state]} c={INK} style={{ flex: 'none' }}>
      {t(`trainer.state.${state}`)}
    </Badge>
  )
}

const HEALTH_COLOURS = { sound: 'teal', faulty: 'red', failing: 'red', untested: 'gray' } as const
export function HealthBadge({ health, count }: { health: Health; count: number }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge size="sm" variant="light" color={HEALTH_COLOURS[health]} c={INK} style={{ flex: 'none' }}>
      {t(`trainer.healthIs.${health}`, { count })}
    </Badge>
  )
}
