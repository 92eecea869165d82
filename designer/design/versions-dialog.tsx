/**
 * What was published: who, when, why, how many jobs run on it; any two compared; one taken back into the draft.
 */
import { Anchor, Button, Group, Select, Stack, Table, Text, Title } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { replaceDefinition, replaceLayout, withTitle } from '../document/commands/process.ts'
import { readLayout } from '../document/document.ts'
import { type Json, toJson } from '../document/json.ts'
import { words } from '../document/problem.ts'
import { api } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { useVersion, useVersions } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ChangesView } from './changes-view.tsx'
import { useDesign } from './design-api.ts'
import { moveAddress } from './move-offer.tsx'

const DRAFT = 'draft'

export function VersionsDialog({
  title,
  close,
  tell,
}: {
  title: string
  close(): void
  /** Says something on the page behind. */
  tell(message: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { process } = useDesign()
  const versions = useVersions(process)
  const list = versions.data?.versions ?? []
  const [from, setFrom] = useState<string>()
  return (
    <Dialog
      close={close}
      size="wide"
      title={t('design.versions.title', { title })}
      closeLabel={t('design.publish.close')}
    >
      {versions.isPending ? <Waiting /> : null}
      {versions.isError ? (
        <ProblemNotice error={versions.error} retry={() => void versions.refetch()} />
      ) : null}
      {versions.isSuccess && list.length === 0 ? <Empty title={t('design.versions.none')} /> : null}
      {list.length === 0 ? null : (
        <Stack>
          <VersionTable
            list={list}
            close={close}
            tell={tell}
            compare={(version) => setFrom(String(version))}
          />
          <Comparison
            numbers={list.map(({ version }) => version).toReversed()}
            from={from ?? String(list.at(-1)?.version ?? 1)}
            setFrom={setFrom}
          />
        </Stack>
      )}
    </Dialog>
  )
}

type Listed = NonNullable<ReturnType<typeof useVersions>['data']>['versions']
type Listing = {
  list: Listed
  close(): void
  tell(message: string): void
  compare(version: number): void
}

function VersionTable({ list, ...listing }: Listing): ReactElement {
  const { t } = useTranslation()
  const [error, setError] = useState<unknown>()
  return (
    <>
      {error === undefined ? null : <ProblemNotice error={error} />}
      <Table.ScrollContainer minWidth={760} mah={320}>
        <Table fz="sm" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('design.versions.version')}</Table.Th>
              <Table.Th>{t('design.versions.date')}</Table.Th>
              <Table.Th>{t('design.versions.author')}</Table.Th>
              <Table.Th>{t('design.versions.note')}</Table.Th>
              <Table.Th>{t('design.versions.jobs')}</Table.Th>
              <Table.Th>{t('design.versions.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.toReversed().map((version) => (
              <VersionRow
                key={version.version}
                listed={version}
                latest={list.at(-1)?.version ?? version.version}
                {...listing}
                failed={setError}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

function VersionRow({
  listed,
  latest,
  close,
  tell,
  compare,
  failed,
}: Omit<Listing, 'list'> & {
  listed: Listed[number]
  latest: number
  failed(error: unknown): void
}): ReactElement {
  const { t } = useTranslation()
  const { time, number, list } = useSpeech()
  const nameOf = useNameOf()
  const { process, readOnly, executeAll } = useDesign()
  const mayMove = useRightsOn(process).includes('migrations:run')
  const { version, publishedAt, author, note, active, approvals = [] } = listed
  const restore = async (): Promise<void> => {
    failed(undefined)
    try {
      const { definition, layout } = await api.version(process, version)
      const title = words(`Take version ${version} into the draft`, `将第 ${version} 版恢复到草稿`)
      const places = layout === undefined ? [] : [replaceLayout(readLayout(toJson(layout)))]
      if (!executeAll(title, [withTitle(replaceDefinition(definition), title), ...places])) return
      tell(t('design.versions.restored', { version }))
      close()
    } catch (thrown) {
      failed(thrown)
    }
  }
  const jobs = new URLSearchParams({ process, version: String(version), status: 'active' })
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>{version}</Table.Td>
      <Table.Td className="fc-nowrap">{time(publishedAt)}</Table.Td>
      <Table.Td className="fc-wrap" maw={200}>
        {nameOf(author)}
        {approvals.length === 0 ? null : (
          <Text size="xs" c="dimmed">
            {t('design.versions.approvedBy', { who: list(approvals.map(({ person }) => nameOf(person))) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="fc-wrap" maw={420}>
        {note}
      </Table.Td>
      <Table.Td>
        {active === 0 ? (
          number(0)
        ) : (
          <Anchor component={Link} size="sm" to={`/jobs?${jobs}`} target="_blank">
            {number(active)}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Anchor
            component={Link}
            size="sm"
            className="fc-nowrap"
            to={`/processes/${encodeURIComponent(process)}?version=${version}`}
            aria-label={t('design.versions.look', { version })}
          >
            {t('design.versions.lookShort')}
          </Anchor>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('design.versions.compareWith', { version })}
            onClick={() => compare(version)}
          >
            {t('design.versions.compare')}
          </Button>
          {active > 0 && version < latest && mayMove ? (
            <Button
              component={Link}
              size="compact-xs"
              variant="default"
              to={moveAddress(process, version, latest)}
              aria-label={t('move.openJobs', { count: active, version })}
            >
              {t('move.openShort', { count: active })}
            </Button>
          ) : null}
          {readOnly ? null : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('design.versions.restore', { version })}
              onClick={() => void restore()}
            >
              {t('design.versions.restoreShort')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}

function Comparison({
  numbers,
  from,
  setFrom,
}: {
  numbers: readonly number[]
  from: string
  setFrom(from: string): void
}): ReactElement {
  const { t } = useTranslation()
  const [to, setTo] = useState(DRAFT)
  const before = useContent(from)
  const after = useContent(to)
  const data = [
    { value: DRAFT, label: t('design.versions.draft') },
    ...numbers.map((version) => ({
      value: String(version),
      label: t('processes.version', { version }),
    })),
  ]
  return (
    <section>
      <Title order={3} size="h6" mb="xs">
        {t('design.versions.compare')}
      </Title>
      <Group mb="sm">
        <Select
          size="xs"
          label={t('design.versions.from')}
          data={data}
          value={from}
          allowDeselect={false}
          onChange={(value) => setFrom(value ?? from)}
        />
        <Select
          size="xs"
          label={t('design.versions.to')}
          data={data}
          value={to}
          allowDeselect={false}
          onChange={(value) => setTo(value ?? to)}
        />
      </Group>
      {before === undefined || after === undefined ? (
        <Text size="sm" c="dimmed">
          {t('common.loading')}
        </Text>
      ) : (
        <ChangesView key={`${from} ${to}`} before={before} after={after} />
      )}
    </section>
  )
}

/** The definition of a version, or of the draft as it stands. */
function useContent(which: string): Json | undefined {
  const { process, document } = useDesign()
  const { data } = useVersion(process, which === DRAFT ? undefined : Number(which))
  const published = useMemo(() => (data === undefined ? undefined : toJson(data.definition)), [data])
  return which === DRAFT ? document.definition : published
}
