/**
 * What is done to all selected jobs: chosen on the bar, said once in a window, done job by job with a result for each.
 *
 * Promises: only what the reader's rights allow is offered.
 */
import { Button, Group, Paper, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { MOST_ACTS } from '../../machines/wire/limits.ts'
import { useMe } from '../session/queries.ts'
import { BulkDialog } from './job-list-bulk-dialog.tsx'
import type { JobWords } from './job-words.ts'

const BULK = ['event', 'note', 'reassign', 'suspend', 'resume', 'cancel'] as const
export type BulkKind = (typeof BULK)[number]
const RIGHT = {
  event: 'jobs:event',
  note: 'jobs:note',
  reassign: 'jobs:reassign',
  suspend: 'jobs:suspend',
  resume: 'jobs:suspend',
  cancel: 'jobs:cancel',
} as const satisfies Record<BulkKind, string>

export function BulkBar({
  jobs,
  total,
  isAll,
  selectAll,
  isSelecting,
  select,
  wordsOf,
  labelOf,
}: {
  jobs: readonly JobRow[]
  /** How many the filter finds. */
  total: number
  /** Everything that is shown is selected, and more is found. */
  isAll: boolean
  selectAll(): void
  isSelecting: boolean
  select(ids: ReadonlySet<string>): void
  wordsOf(job: JobRow): JobWords
  labelOf(job: JobRow): string
}): ReactElement {
  const { t } = useTranslation()
  const rights = useMe().data?.rights ?? []
  const [doing, setDoing] = useState<{ kind: BulkKind; jobs: readonly JobRow[] }>()
  const offered = rights.includes('jobs:batch') ? BULK.filter((kind) => rights.includes(RIGHT[kind])) : []
  return (
    <>
      <Paper
        withBorder
        shadow="md"
        p="xs"
        pos="sticky"
        bottom={12}
        mt="sm"
        style={{ zIndex: 20 }}
        role="group"
        aria-label={t('desk.bulk.bar')}
      >
        <Group gap="xs">
          <Text size="sm" fw={600} role="status">
            {t('desk.selected', { count: jobs.length })}
          </Text>
          {isAll && total > jobs.length ? (
            <Button size="compact-sm" variant="subtle" loading={isSelecting} onClick={selectAll}>
              {total > MOST_ACTS
                ? t('desk.selectMost', { most: MOST_ACTS })
                : t('desk.selectAll', { count: total })}
            </Button>
          ) : null}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => select(new Set())}>
            {t('desk.clearSelection')}
          </Button>
          {offered.map((kind) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="light"
              {...(kind === 'cancel' ? { color: 'red' } : {})}
              disabled={jobs.length > MOST_ACTS}
              onClick={() => setDoing({ kind, jobs })}
            >
              {t(`desk.bulk.${kind}`)}
            </Button>
          ))}
        </Group>
      </Paper>
      {doing === undefined ? null : (
        <BulkDialog
          kind={doing.kind}
          jobs={doing.jobs}
          wordsOf={wordsOf}
          labelOf={labelOf}
          select={select}
          close={() => setDoing(undefined)}
        />
      )}
    </>
  )
}
