/**
 * What changed between two definitions: in sentences, or marked on their drawings.
 *
 * Promises: what no drawing shows is said beside it, so that nobody takes an unmarked drawing for no change.
 */
import { Badge, Box, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { type ReactElement, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOf } from '../../machines/definition/hash.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import type { Mark, Marks } from '../canvas/marks.ts'
import { differences } from '../document/diff.ts'
import type { Difference } from '../document/difference.ts'
import type { Json } from '../document/json.ts'
import { Waiting } from '../shell/notices.tsx'
import { Differences } from './differences.tsx'
import { marksOf } from './marks.ts'

type View = 'sentences' | 'drawing' | 'both'
const VIEWS = ['sentences', 'drawing', 'both'] as const satisfies readonly View[]
const KINDS = ['added', 'changed', 'removed'] as const satisfies readonly Mark[]

export function ChangesView({ before, after }: { before: Json; after: Json }): ReactElement {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('sentences')
  const found = useMemo(() => differences(before, after), [before, after])
  if (found.length === 0) return <Text size="sm">{t('design.changes.none')}</Text>
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('page.compare.views')}
          value={view}
          onChange={(value) => setView(VIEWS.find((each) => each === value) ?? 'sentences')}
          data={VIEWS.map((value) => ({ value, label: t(`page.compare.${value}`) }))}
        />
        <Group gap={6}>
          {KINDS.map((kind) => {
            const count = found.filter((one) => one.kind === kind).length
            return count === 0 ? null : (
              <Badge key={kind} color={COLOURS[kind]} variant="light" c="var(--mantine-color-text)">
                {t(`page.compare.count.${kind}`, { count })}
              </Badge>
            )
          })}
        </Group>
      </Group>
      {view === 'sentences' ? (
        <Differences found={found} />
      ) : (
        <Drawings before={before} after={after} found={found} isBoth={view === 'both'} />
      )}
    </Stack>
  )
}
const COLOURS = { added: 'teal', changed: 'yellow', removed: 'red' } as const

function Drawings({
  before,
  after,
  found,
  isBoth,
}: {
  before: Json
  after: Json
  found: readonly Difference[]
  isBoth: boolean
}): ReactElement {
  const { t } = useTranslation()
  const marks = useMemo(() => marksOf(before, after, found), [before, after, found])
  const isUnseen = marks.before.size === 0 && marks.after.size === 0
  // What only went away is seen on the old drawing alone.
  const [side, setSide] = useState<'before' | 'after'>(
    marks.after.size === 0 && !isUnseen ? 'before' : 'after',
  )
  const drawings = {
    before: { definition: before, marks: marks.before },
    after: { definition: after, marks: marks.after },
  }
  return (
    <>
      {isBoth ? null : (
        <SegmentedControl
          size="xs"
          w="max-content"
          aria-label={t('page.compare.drawing')}
          value={side}
          onChange={(value) => setSide(value === 'before' ? 'before' : 'after')}
          data={(['before', 'after'] as const).map((value) => ({ value, label: t(`page.compare.${value}`) }))}
        />
      )}
      {isUnseen ? <Text size="sm">{t('page.compare.notDrawn')}</Text> : null}
      <Group gap="sm" wrap="nowrap" align="stretch" h="min(56vh, 620px)">
        {(['before', 'after'] as const)
          .filter((each) => isBoth || each === side)
          .map((each) => (
            <Stack key={each} gap={4} style={{ flex: 1, minWidth: 0 }}>
              {isBoth ? (
                <Text size="sm" fw={600}>
                  {t(`page.compare.${each}`)}
                </Text>
              ) : null}
              <Drawing {...drawings[each]} label={t(`page.compare.${each}Of`)} />
            </Stack>
          ))}
      </Group>
    </>
  )
}

function Drawing({
  definition,
  marks,
  label,
}: {
  definition: Json
  marks: Marks
  label: string
}): ReactElement {
  const { t } = useTranslation()
  const layoutKey = useMemo(() => hashOf(definition), [definition])
  return (
    <Box
      style={{
        flex: 1,
        minHeight: 0,
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 'var(--mantine-radius-sm)',
        overflow: 'hidden',
      }}
    >
      <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
        <LazyChart definition={definition} layoutKey={layoutKey} label={label} marks={marks} />
      </Suspense>
    </Box>
  )
}
