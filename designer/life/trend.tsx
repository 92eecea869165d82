/** Breaches along time as bars, for a glance: late and broken, one above the other. The table holds the numbers. */
import { Group, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportRow } from '../../machines/wire/life.ts'
import { useSpeech } from '../text/use-language.ts'

const HEIGHT = 150
const FOOT = 20
const HEAD = 16
const WIDTH = 1000
/** Labels that find room below the bars. */
const LABELS = 8

export function Trend({ rows, along }: { rows: readonly ReportRow[]; along: 'day' | 'month' }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const bars = whole(rows, along)
  const most = Math.max(1, ...bars.map(({ late, broken }) => late + broken))
  const step = WIDTH / bars.length
  const width = Math.min(48, step * 0.72)
  const scale = (HEIGHT - FOOT - HEAD) / most
  const every = Math.ceil(bars.length / LABELS)
  const sum = bars.reduce((all, { late, broken }) => all + late + broken, 0)
  return (
    <section className="fc-panel" style={{ padding: 16 }} aria-label={t('life.trend.label')}>
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h6">
          {t(`life.trend.${along}`)}
        </Title>
        <Group gap="md">
          {(['late', 'broken'] as const).map((kind) => (
            <Group key={kind} gap={6}>
              <span className="life-key life-part" data-kind={kind} aria-hidden="true" />
              <Text size="sm">{t(`life.outcome.${kind}`)}</Text>
            </Group>
          ))}
        </Group>
      </Group>
      <svg
        className="life-trend"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('life.trend.told', { sum: number(sum), most: number(most) })}
      >
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - FOOT}
          y2={HEIGHT - FOOT}
          stroke="var(--mantine-color-default-border)"
        />
        {bars.map(({ key, late, broken }, index) => {
          const x = index * step + (step - width) / 2
          const ground = HEIGHT - FOOT
          return (
            <g key={key}>
              <title>{`${key}${t('common.colon')}${t('life.trend.bar', { late: number(late), broken: number(broken) })}`}</title>
              <rect
                className="life-part"
                data-kind="late"
                x={x}
                width={width}
                y={ground - late * scale}
                height={late * scale}
              />
              <rect
                className="life-part"
                data-kind="broken"
                x={x}
                width={width}
                y={ground - (late + broken) * scale}
                height={broken * scale}
              />
            </g>
          )
        })}
      </svg>
      <div className="life-days" aria-hidden="true">
        {bars.map(({ key }, index) =>
          index % every === 0 ? (
            <span key={key} style={{ insetInlineStart: `${((index + 0.5) / bars.length) * 100}%` }}>
              {along === 'day' ? key.slice(5) : key}
            </span>
          ) : null,
        )}
      </div>
    </section>
  )
}

type Bar = { key: string; late: number; broken: number }

/** In order of time, days without anything among them: a gap is told as one. */
function whole(rows: readonly ReportRow[], along: 'day' | 'month'): Bar[] {
  const told = new Map(rows.map((row) => [row[along] ?? '', row]))
  const keys = [...told.keys()].sort()
  const [first, last] = [keys[0] ?? '', keys.at(-1) ?? '']
  const all: string[] = []
  for (let at = first; at <= last && at !== ''; at = nextOf(at)) all.push(at)
  return all.map((key) => ({ key, late: told.get(key)?.late ?? 0, broken: told.get(key)?.broken ?? 0 }))
}

/** The day after a day, the month after a month; '' after what is neither. */
function nextOf(at: string): string {
  const [year, month, day] = at.split('-').map(Number)
  if (year === undefined || month === undefined || Number.isNaN(year + month)) return ''
  const date = day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1)
  return new Date(date).toISOString().slice(0, at.length)
}
