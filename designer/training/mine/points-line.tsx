/** Points along time as a line, for a glance: filled where passed, hollow where not. The table holds the numbers. */
import { Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptSummary } from '../../../machines/wire/training.ts'
import { useSpeech } from '../../text/use-language.ts'

const [WIDTH, HEIGHT, EDGE] = [720, 120, 12]

export function PointsLine({ attempts }: { attempts: readonly AttemptSummary[] }): ReactElement {
  const { t } = useTranslation()
  const { say, date, number } = useSpeech()
  const step = (WIDTH - 2 * EDGE) / Math.max(1, attempts.length - 1)
  const dots = attempts.map((one, index) => ({
    one,
    x: EDGE + index * step,
    y: EDGE + ((HEIGHT - 2 * EDGE) * (100 - (one.points ?? 0))) / 100,
  }))
  const last = attempts.at(-1)?.points ?? 0
  return (
    <div className="mine-line">
      <Title order={3} size="h6">
        {t('trainer.mine.trend')}
      </Title>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('trainer.mine.trendTold', { count: attempts.length, points: number(last) })}
      >
        {[0, 50, 100].map((points) => {
          const y = EDGE + ((HEIGHT - 2 * EDGE) * (100 - points)) / 100
          return <line key={points} className="mine-rule" x1={0} x2={WIDTH} y1={y} y2={y} />
        })}
        <polyline className="mine-way" points={dots.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {dots.map(({ one, x, y }) => (
          <circle key={one.id} className="mine-dot" data-passed={one.status === 'passed'} cx={x} cy={y} r={5}>
            <title>{`${say(one.title)} · ${date(one.startedAt)} · ${number(one.points ?? 0)}`}</title>
          </circle>
        ))}
      </svg>
      <Text size="xs" c="dimmed">
        {t('trainer.mine.trendLegend')}
      </Text>
    </div>
  )
}
