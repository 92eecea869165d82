/**
 * The audit: who changed what, newest first, and the head of the chain to be kept elsewhere.
 *
 * Promises: filters and place stand in the address; however many entries there are, a page holds fifty.
 */
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AuditChanges } from '../../machines/wire/audit.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import './audit.css'
import { AuditFilters } from './audit-filters.tsx'
import { AuditList } from './audit-list.tsx'
import { FILTERS, type Filter, useChanges } from './audit-queries.ts'
import { HeadPart } from './head-part.tsx'

export default function AuditPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const found = useChanges(search)
  const isFiltered = FILTERS.some((name) => search.has(name))
  /** Another filter begins at the newest again. */
  const put = (name: Filter, value: string | null): void => {
    const next = new URLSearchParams(search)
    next.delete('before')
    next.delete('after')
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const clear = (): void => setSearch({}, { replace: true })
  return (
    <Page title={t('audit.title')}>
      <Text c="dimmed" mb="md">
        {t('audit.lead')}
      </Text>
      <div className="fc-audit">
        <Stack gap="md" miw={0}>
          <AuditFilters search={search} put={put} clear={isFiltered ? clear : undefined} />
          {found.isError ? (
            <ProblemNotice error={found.error} retry={() => void found.refetch()} />
          ) : found.data === undefined ? (
            <Waiting />
          ) : found.data.changes.length === 0 ? (
            <Nothing clear={isFiltered ? clear : undefined} />
          ) : (
            <>
              <AuditList changes={found.data.changes} put={put} />
              <Pager found={found.data} />
            </>
          )}
        </Stack>
        <HeadPart />
      </div>
    </Page>
  )
}

function Nothing({ clear }: { clear: (() => void) | undefined }): ReactElement {
  const { t } = useTranslation()
  if (clear === undefined) return <Empty title={t('audit.empty')} lead={t('audit.emptyLead')} />
  return (
    <Empty title={t('audit.noMatch')} lead={t('audit.noMatchLead')}>
      <Button variant="default" mt="sm" onClick={clear}>
        {t('audit.clear')}
      </Button>
    </Empty>
  )
}

/** Each step is an address of its own, so that the browser's way back leads back. */
function Pager({ found: { changes, newer, older } }: { found: AuditChanges }): ReactElement | null {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [first, last] = [changes.at(0)?.n, changes.at(-1)?.n]
  if (first === undefined || last === undefined) return null
  const go = (place: { before?: number; after?: number }): void => {
    const next = new URLSearchParams(search)
    next.delete('before')
    next.delete('after')
    for (const [name, n] of Object.entries(place)) next.set(name, String(n))
    setSearch(next)
    window.scrollTo({ top: 0 })
  }
  return (
    <Group component="nav" aria-label={t('audit.pages')} justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {t('audit.shown', { first, last })}
      </Text>
      <Group gap="xs">
        <Button variant="default" disabled={!newer} onClick={() => go({})}>
          {t('audit.newest')}
        </Button>
        <Button variant="default" disabled={!newer} onClick={() => go({ after: first })}>
          {t('audit.newer')}
        </Button>
        <Button variant="default" disabled={!older} onClick={() => go({ before: last })}>
          {t('audit.older')}
        </Button>
        <Button variant="default" disabled={!older} onClick={() => go({ after: 0 })}>
          {t('audit.oldest')}
        </Button>
      </Group>
    </Group>
  )
}
