/**
 * One person: name, roles, regions, how far the roles reach, certificates, and the tokens he signs in with.
 *
 * Promises: what the reader may not change he reads; a change made on what another changed meanwhile is refused and said.
 */
import { Anchor, Badge, Button, Grid, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { PersonView } from '../../machines/wire/people.ts'
import { SampleBadge } from '../first/sample-badge.tsx'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { AccountPart } from './account-part.tsx'
import { CertificatesPart } from './certificates-part.tsx'
import { LimitsPart } from './limits-part.tsx'
import { Part } from './part.tsx'
import { useChangePerson, usePerson } from './people-queries.ts'
import { PersonFields } from './person-fields.tsx'
import { TokensPart } from './tokens-part.tsx'

/** As many as the audit keeps. */
const MOST_REASON = 500

export default function PersonPage(): ReactElement {
  const { person: id = '' } = useParams()
  const { t } = useTranslation()
  const person = usePerson(id)
  const rights = useMe().data?.rights ?? []
  return (
    <Page
      title={person.data?.name ?? t('people.title')}
      beside={
        <Anchor component={Link} to="/people">
          <Group gap={6} component="span">
            <Icon name="back" size={16} />
            {t('people.back')}
          </Group>
        </Anchor>
      }
    >
      {person.isPending ? <Waiting /> : null}
      {person.isError ? <ProblemNotice error={person.error} retry={() => void person.refetch()} /> : null}
      {person.data === undefined ? null : (
        <Grid>
          <Grid.Col span={{ base: 12, md: 5 }}>
            {/* Another's change brings the fields anew. */}
            <Facts
              key={person.data.revision}
              person={person.data}
              mayWrite={rights.includes('people:write')}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack>
              <LimitsPart
                key={person.data.revision}
                person={person.data}
                mayWrite={rights.includes('people:write')}
              />
              <CertificatesPart person={person.data} mayWrite={rights.includes('certificates:write')} />
              {rights.includes('people:write') ? <AccountPart person={person.data} /> : null}
              {rights.includes('tokens:write') ? <TokensPart person={person.data} /> : null}
              <Overtime person={person.data} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  )
}

function Facts({ person, mayWrite }: { person: PersonView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation()
  const me = useMe().data
  const save = useChangePerson(person)
  const [value, setValue] = useState({ name: person.name, roles: person.roles, regions: person.regions })
  const [asked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const isChanged =
    value.name.trim() !== person.name ||
    value.roles.join() !== person.roles.join() ||
    value.regions.join('\n') !== person.regions.join('\n')
  const send = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    const name = value.name.trim()
    if (name !== '' && !save.isPending) save.mutate({ kind: 'change', body: { ...value, name }, reason })
  }
  return (
    <section className="fc-panel" aria-label={t('people.state')}>
      <form onSubmit={send} noValidate>
        <Stack p="lg">
          <Group gap="xs">
            <Badge
              color={person.disabled ? 'gray' : 'green'}
              variant="light"
              c="var(--mantine-color-text)"
              miw="max-content"
            >
              {person.disabled ? t('people.disabled') : t('people.active')}
            </Badge>
            <SampleBadge id={person.id} />
            {me?.id === person.id ? <Badge variant="default">{t('people.you')}</Badge> : null}
            <Text size="sm" c="dimmed" className="fc-wrap">
              {person.id}
            </Text>
          </Group>
          <PersonFields value={value} change={setValue} fixed={!mayWrite} asked={asked} />
          {mayWrite ? (
            <TextInput
              label={t('people.reason')}
              description={t('people.reasonHelp')}
              maxLength={MOST_REASON}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          {save.isError ? <ProblemNotice error={save.error} /> : null}
          {mayWrite ? (
            <Group justify="space-between">
              <Button type="submit" disabled={!isChanged} loading={save.isPending}>
                {t('people.save')}
              </Button>
              <Button
                variant="default"
                {...(person.disabled ? {} : { c: 'red' })}
                disabled={save.isPending || isChanged}
                onClick={() => save.mutate({ kind: 'change', body: { disabled: !person.disabled }, reason })}
              >
                {person.disabled ? t('people.enable') : t('people.disable')}
              </Button>
            </Group>
          ) : null}
          {mayWrite && !person.disabled ? (
            <Text size="sm" c="dimmed">
              {t('people.disableHelp')}
            </Text>
          ) : null}
        </Stack>
      </form>
    </section>
  )
}

/** GN-02: written down where work is planned; shown here. */
function Overtime({ person }: { person: PersonView }): ReactElement | null {
  const { t } = useTranslation()
  const { date } = useSpeech()
  if (person.overtime.length === 0) return null
  return (
    <Part title={t('people.overtime')}>
      {person.overtime.map(({ date: day, minutes }) => (
        <Group key={day} justify="space-between">
          <Text size="sm">{date(`${day}T12:00:00`)}</Text>
          <Text size="sm">{t('people.minutes', { count: minutes })}</Text>
        </Group>
      ))}
    </Part>
  )
}
