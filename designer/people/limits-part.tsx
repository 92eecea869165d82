/**
 * How far a person's roles reach: everywhere, or only processes and regions that an administrator names.
 *
 * Promises: every role says in words where it holds; whoever may not change it reads it; a change made on what another changed
 * meanwhile is refused and said.
 */
import { Button, Group, MultiSelect, Stack, TagsInput, Text } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView, RoleLimit } from '../../machines/wire/people.ts'
import { useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { Part } from './part.tsx'
import { useChangePerson, usePeopleList } from './people-queries.ts'

type Draft = { role: RoleLimit['role']; processes: string[]; regions: string[] }

const draftOf = ({ role, processes = [], regions = [] }: RoleLimit): Draft => ({ role, processes, regions })
const limitOf = ({ role, processes, regions }: Draft): RoleLimit => ({
  role,
  ...(processes.length === 0 ? {} : { processes }),
  ...(regions.length === 0 ? {} : { regions }),
})
const isEmpty = ({ processes, regions }: Draft): boolean => processes.length + regions.length === 0

export function LimitsPart({
  person,
  mayWrite,
}: {
  person: PersonView
  mayWrite: boolean
}): ReactElement | null {
  const { t } = useTranslation()
  const save = useChangePerson(person)
  const stands = (person.limits ?? []).map(draftOf)
  const [limits, setLimits] = useState(stands)
  const [asked, setAsked] = useState(false)
  const roles = person.roles.filter((role) => role !== 'administrator')
  if (roles.length === 0 || (!mayWrite && stands.length === 0)) return null
  const send = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    if (!limits.some(isEmpty) && !save.isPending)
      save.mutate({ kind: 'change', body: { limits: limits.map(limitOf) } })
  }
  return (
    <Part title={t('people.limits')}>
      <Text size="sm" c="dimmed">
        {person.roles.includes('administrator') ? t('people.limitsAdministrator') : t('people.limitsHelp')}
      </Text>
      <form onSubmit={send} noValidate>
        <Stack>
          {roles.map((role) => (
            <RoleReach
              key={role}
              role={role}
              limits={limits}
              change={mayWrite ? setLimits : undefined}
              asked={asked}
            />
          ))}
          {save.isError ? <ProblemNotice error={save.error} /> : null}
          {mayWrite ? (
            <Group>
              <Button
                type="submit"
                disabled={JSON.stringify(limits) === JSON.stringify(stands)}
                loading={save.isPending}
              >
                {t('people.saveLimits')}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </form>
    </Part>
  )
}

type ReachProps = {
  role: RoleLimit['role']
  /** Of all roles. */
  limits: readonly Draft[]
  /** Absent: only to be read. */
  change: ((limits: Draft[]) => void) | undefined
  asked: boolean
}

function RoleReach({ role, limits, change, asked }: ReachProps): ReactElement {
  const { t } = useTranslation()
  const title = t(`roles.${role}`)
  const his = limits.filter((limit) => limit.role === role)
  return (
    <Stack gap="xs" role="group" aria-label={title} data-role={role}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>{title}</Text>
        {his.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('people.reachesAll')}
          </Text>
        ) : null}
      </Group>
      {his.map((limit, at) => (
        <Stack key={`${role} ${String(at)}`} gap="xs">
          {at === 0 ? null : (
            <Text size="sm" c="dimmed">
              {t('people.orAlso')}
            </Text>
          )}
          {change === undefined ? (
            <ReachText limit={limit} />
          ) : (
            <ReachFields
              limit={limit}
              title={title}
              asked={asked}
              change={(next) => change(limits.map((each) => (each === limit ? next : each)))}
              remove={() => change(limits.filter((each) => each !== limit))}
            />
          )}
        </Stack>
      ))}
      {change === undefined ? null : (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            aria-label={t(his.length === 0 ? 'people.limitRole' : 'people.limitRoleMore', { role: title })}
            onClick={() => change([...limits, { role, processes: [], regions: [] }])}
          >
            {his.length === 0 ? t('people.limit') : t('people.limitMore')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

/** Titles of processes, those that a limit names and no library has by their id. */
function useProcessTitles(): { id: string; title: string }[] {
  const { say } = useSpeech()
  const processes = useProcesses().data?.processes ?? []
  return processes.map(({ id, title }) => ({ id, title: say(title, id) }))
}

function ReachText({ limit: { processes, regions } }: { limit: Draft }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const titles = new Map(useProcessTitles().map(({ id, title }) => [id, title]))
  return (
    <Text size="sm">
      {t('people.reach', {
        processes:
          processes.length === 0
            ? t('people.allProcesses')
            : list(processes.map((id) => titles.get(id) ?? id)),
        regions: regions.length === 0 ? t('people.allRegions') : list(regions),
      })}
    </Text>
  )
}

type FieldsProps = {
  limit: Draft
  title: string
  asked: boolean
  change(limit: Draft): void
  remove(): void
}

function ReachFields({ limit, title, asked, change, remove }: FieldsProps): ReactElement {
  const { t } = useTranslation()
  const { processes, regions } = limit
  const titles = useProcessTitles()
  const people = usePeopleList().data ?? []
  const known = [...new Set([...titles.map(({ id }) => id), ...processes])]
  const named = new Set(
    people.flatMap((each) => [...each.regions, ...(each.limits ?? []).flatMap((one) => one.regions ?? [])]),
  )
  return (
    <Stack gap="xs" p="sm" bd="1px solid var(--mantine-color-default-border)" bdrs="sm">
      <MultiSelect
        label={t('people.onlyProcesses')}
        placeholder={processes.length === 0 ? t('people.allProcesses') : ''}
        data={known.map((id) => ({
          value: id,
          label: titles.find((each) => each.id === id)?.title ?? id,
        }))}
        value={processes}
        searchable
        error={asked && isEmpty(limit) ? t('people.limitNeeded') : undefined}
        onChange={(next) => change({ ...limit, processes: next })}
      />
      <TagsInput
        label={t('people.onlyRegions')}
        description={t('people.onlyRegionsHelp')}
        placeholder={regions.length === 0 ? t('people.allRegions') : ''}
        data={[...named].toSorted((a, b) => a.localeCompare(b, 'zh-CN'))}
        maxTags={50}
        value={regions}
        onChange={(next) => change({ ...limit, regions: next.map((each) => each.trim()).filter(Boolean) })}
      />
      <Group justify="flex-end">
        <Button
          size="compact-sm"
          variant="default"
          c="red"
          aria-label={t('people.removeLimitOf', { role: title })}
          onClick={remove}
        >
          {t('people.removeLimit')}
        </Button>
      </Group>
    </Stack>
  )
}
