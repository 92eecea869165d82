/**
 * Everybody with an account: who does what, where, with which certificates.
 *
 * Promises: whoever may not change people reads the same list.
 */
import './people.css'
import { Anchor, Badge, Button, Checkbox, Group, Select, Table, Text, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ROLES } from '../../machines/definition/schema.ts'
import type { PersonView } from '../../machines/wire/people.ts'
import { SampleBadge } from '../first/sample-badge.tsx'
import { useNow } from '../session/now.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { CertificateBadges } from './certificate-badges.tsx'
import { CreatePerson } from './create-person.tsx'
import { useCertificateKinds, usePeopleList } from './people-queries.ts'

export default function PeoplePage(): ReactElement {
  const { t } = useTranslation()
  const people = usePeopleList()
  const mayWrite = useMe().data?.rights.includes('people:write') === true
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const [adding, setAdding] = useState(false)
  const wanted = search.trim().toLowerCase().split(/\s+/)
  const shown = (people.data ?? []).filter((person) => {
    const words = [
      person.name,
      person.id,
      ...person.regions,
      ...person.roles.map((each) => t(`roles.${each}`)),
    ]
    const text = words.join(' ').toLowerCase()
    return (
      (all || !person.disabled) &&
      (role === null || person.roles.some((each) => each === role)) &&
      wanted.every((word) => text.includes(word))
    )
  })
  const showAll = (): void => {
    setSearch('')
    setRole(null)
    setAll(true)
  }
  return (
    <Page
      title={t('people.title')}
      beside={
        mayWrite ? (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        ) : null
      }
    >
      {adding ? <CreatePerson close={() => setAdding(false)} /> : null}
      <Group mb="md" gap="sm">
        <TextInput
          flex="1 1 14rem"
          maw={360}
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          leftSection={<Icon name="search" size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label={t('people.role')}
          placeholder={t('people.allRoles')}
          clearable
          data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
          value={role}
          onChange={setRole}
        />
        <Checkbox
          label={t('people.withDisabled')}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed" role="status">
          {t('people.count', { count: shown.length })}
        </Text>
      </Group>
      {people.isPending ? <Waiting /> : null}
      {people.isError ? <ProblemNotice error={people.error} retry={() => void people.refetch()} /> : null}
      {people.isSuccess && shown.length === 0 ? (
        <Empty title={t('people.noMatch')}>
          <Button variant="default" mt="sm" onClick={showAll}>
            {t('people.clear')}
          </Button>
        </Empty>
      ) : null}
      {shown.length === 0 ? null : <PeopleTable people={shown} />}
    </Page>
  )
}

function PeopleTable({ people }: { people: readonly PersonView[] }): ReactElement {
  const { t } = useTranslation()
  const kinds = useCertificateKinds()
  const now = useNow()
  return (
    <div className="fc-panel">
      <Table className="fc-people" verticalSpacing="sm" horizontalSpacing="md" aria-label={t('people.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.name')}</Table.Th>
            <Table.Th>{t('people.rolesField')}</Table.Th>
            <Table.Th>{t('people.regions')}</Table.Th>
            <Table.Th>{t('people.certificates')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} kinds={kinds} now={now} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type RowProps = { person: PersonView; kinds: ReturnType<typeof useCertificateKinds>; now: number }

function PersonRow({ person, kinds, now }: RowProps): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const { id, name, roles, regions, limits = [], disabled, certificates } = person
  const titles = roles.map((role) => {
    const title = t(`roles.${role}`)
    return limits.some((limit) => limit.role === role) ? t('people.limitedRole', { role: title }) : title
  })
  return (
    <Table.Tr data-disabled={disabled}>
      <Table.Td>
        <Group gap={8}>
          <Anchor component={Link} to={`/people/${encodeURIComponent(id)}`} fw={600} c="inherit">
            {name}
          </Anchor>
          <SampleBadge id={id} />
          {disabled ? (
            <Badge color="gray" variant="light" c="var(--mantine-color-text)" size="sm">
              {t('people.disabled')}
            </Badge>
          ) : null}
        </Group>
      </Table.Td>
      <Table.Td data-label={t('people.rolesField')}>
        {roles.length === 0 ? t('common.none') : list(titles)}
      </Table.Td>
      <Table.Td data-label={t('people.regions')}>
        {regions.length === 0 ? (
          <Text size="sm" c="dimmed" span>
            {t('people.everywhere')}
          </Text>
        ) : (
          list(regions)
        )}
      </Table.Td>
      <Table.Td data-label={t('people.certificates')}>
        <CertificateBadges certificates={certificates} kinds={kinds} now={now} />
      </Table.Td>
    </Table.Tr>
  )
}
