/**
 * The tree of moments: back to any of them, on from there, branches with names, two of them side by side.
 *
 * Must not: be shown in an examination.
 */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activeOf } from '../../../machines/simulate/standing.ts'
import { stateInWords } from '../../jobs/job-words.ts'
import { Icon } from '../../shell/icons.tsx'
import { Comparison } from './comparison.tsx'
import { momentInWords } from './line-words.ts'
import { useScene } from './room-scene.tsx'
import { childrenOf, endsOf, type Moment, momentOf, type Timeline, wayTo } from './timeline.ts'

export function Branches(): ReactElement {
  const { t } = useTranslation()
  const { room, view } = useScene()
  const { timeline } = view
  const [compared, setCompared] = useState<readonly number[]>([])
  const pick = (id: number): void =>
    setCompared((before) =>
      before.includes(id) ? before.filter((each) => each !== id) : [...before.slice(-1), id],
    )
  const [one, other] = compared
  const ends = endsOf(timeline)
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          {t('training.tree.lead')}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="undo" size={14} />}
          disabled={momentOf(timeline, timeline.here).parent === undefined}
          onClick={() => room.back()}
          aria-keyshortcuts="B"
        >
          {t('training.tree.back')}
        </Button>
      </Group>
      <ol className="room-tree" aria-label={t('training.tree.label')}>
        {rowsOf(timeline).map((row) => (
          <Row
            key={row.moment.id}
            row={row}
            isPicked={compared.includes(row.moment.id)}
            pick={() => pick(row.moment.id)}
          />
        ))}
      </ol>
      {ends.length > 1 ? <Names ends={ends} /> : null}
      {one === undefined || other === undefined ? (
        <Text size="xs" c="dimmed">
          {t('training.tree.pickTwo')}
        </Text>
      ) : (
        <Comparison one={momentOf(timeline, one)} other={momentOf(timeline, other)} />
      )}
    </Stack>
  )
}

type TreeRow = { moment: Moment; depth: number; isOnWay: boolean }

/** In the order of a reader: each branch whole, further in by one where a moment has several. */
function rowsOf(timeline: Timeline): TreeRow[] {
  const way = new Set(wayTo(timeline, timeline.here).map(({ id }) => id))
  const rows: TreeRow[] = []
  const rest: { id: number; depth: number }[] = [{ id: 0, depth: 0 }]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { id, depth } = next
    rows.push({ moment: momentOf(timeline, id), depth, isOnWay: way.has(id) })
    const children = childrenOf(timeline, id)
    const further = children.length > 1 ? 1 : 0
    for (const child of children.toReversed()) rest.push({ id: child.id, depth: depth + further })
  }
  return rows
}

function Row({ row, isPicked, pick }: { row: TreeRow; isPicked: boolean; pick(): void }): ReactElement {
  const { t } = useTranslation()
  const scene = useScene()
  const { room, view, words, clock } = scene
  const { moment, depth, isOnWay } = row
  const isHere = view.timeline.here === moment.id
  const time = clock.ofDay(moment.sim.now)
  const text = momentInWords(moment, scene)
  const name = view.timeline.names[moment.id]
  return (
    <li
      className="room-moment"
      data-way={isOnWay}
      aria-current={isHere ? 'step' : undefined}
      style={{ paddingInlineStart: `${Math.min(depth, 8) * 16}px` }}
    >
      <button type="button" className="room-go" onClick={() => room.goTo(moment.id)}>
        <Text size="xs" c="dimmed" component="span" className="room-figures">
          {time}
        </Text>
        <Text size="sm" component="span" className="fc-wrap" fw={isHere ? 600 : 400}>
          {name === undefined ? text : `${text} \u00b7 ${name}`}
        </Text>
        <Text size="xs" c="dimmed" component="span" className="fc-wrap">
          {activeOf(moment.sim)
            .map((path) => stateInWords(path, words))
            .join(t('common.list'))}
        </Text>
      </button>
      <ActionIcon
        variant={isPicked ? 'filled' : 'subtle'}
        color={isPicked ? 'cyan' : 'gray'}
        {...(isPicked ? {} : { c: 'dimmed' })}
        aria-pressed={isPicked}
        aria-label={t('training.tree.compare', { what: `${time} ${text}` })}
        onClick={pick}
      >
        <Icon name="copy" size={14} />
      </ActionIcon>
    </li>
  )
}

/** What the branches are called. */
function Names({ ends }: { ends: readonly Moment[] }): ReactElement {
  const { t } = useTranslation()
  const scene = useScene()
  const { room, view } = scene
  return (
    <details className="room-hints">
      <summary>{t('training.tree.names', { count: ends.length })}</summary>
      <Stack gap={6} pt={6}>
        {ends.map((end) => (
          <TextInput
            key={end.id}
            size="xs"
            label={momentInWords(end, scene)}
            placeholder={t('training.tree.name')}
            maxLength={60}
            defaultValue={view.timeline.names[end.id] ?? ''}
            onBlur={(event) => room.name(end.id, event.currentTarget.value)}
          />
        ))}
      </Stack>
    </details>
  )
}
