/**
 * What was published: who, when, why, how many jobs run on it; any two compared; one taken back into the draft.
 */
import { Anchor, Button, Group, Select, Stack, Table, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { replaceDefinition, replaceLayout, withTitle } from '../document/commands/process.ts'
import { readLayout } from '../document/document.ts'
import { type Json, toJson } from '../document/json.ts'
import { words } from '../document/problem.ts'
import { api } from '../session/api.ts'
import { useVersion, useVersions } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { Differences } from './differences.tsx'

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
  return (
    <Dialog
      close={close}
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
          <VersionTable list={list} close={close} tell={tell} />
          <Comparison numbers={list.map(({ version }) => version).toReversed()} />
        </Stack>
      )}
    </Dialog>
  )
}

type Listed = NonNullable<ReturnType<typeof useVersions>['data']>['versions']

function VersionTable({
  list,
  close,
  tell,
}: {
  list: Listed
  close(): void
  tell(message: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { time, number } = useSpeech()
  const { process, readOnly, executeAll } = useDesign()
  const [error, setError] = useState<unknown>()
  const restore = async (version: number): Promise<void> => {
    setError(undefined)
    try {
      const { definition, layout } = await api.version(process, version)
      const title = words(`Take version ${version} into the draft`, `将第 ${version} 版恢复到草稿`)
      const places = layout === undefined ? [] : [replaceLayout(readLayout(toJson(layout)))]
      if (!executeAll(title, [withTitle(replaceDefinition(definition), title), ...places])) return
      tell(t('design.versions.restored', { version }))
      close()
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <>
      {error === undefined ? null : <ProblemNotice error={error} />}
      <Table.ScrollContainer minWidth={560} mah={320}>
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
            {list.toReversed().map(({ version, publishedAt, author, note, jobs }) => (
              <Table.Tr key={version}>
                <Table.Td>{version}</Table.Td>
                <Table.Td className="fc-nowrap">{time(publishedAt)}</Table.Td>
                <Table.Td>{author}</Table.Td>
                <Table.Td className="fc-wrap">{note}</Table.Td>
                <Table.Td>{number(Math.max(0, ...Object.values(jobs)))}</Table.Td>
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
                    {readOnly ? null : (
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={t('design.versions.restore', { version })}
                        onClick={() => void restore(version)}
                      >
                        {t('design.versions.restoreShort')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

function Comparison({ numbers }: { numbers: readonly number[] }): ReactElement {
  const { t } = useTranslation()
  const [from, setFrom] = useState(String(numbers[0] ?? 1))
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
        <Differences before={before} after={after} />
      )}
    </section>
  )
}

/** The definition of a version, or of the draft as it stands. */
function useContent(which: string): Json | undefined {
  const { process, document } = useDesign()
  const version = useVersion(process, which === DRAFT ? undefined : Number(which))
  if (which === DRAFT) return document.definition
  return version.data === undefined ? undefined : toJson(version.data.definition)
}
