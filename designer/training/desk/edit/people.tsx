/** The people of a scenario: the trainee's part, and the cast. A person's key never shows: he is called by his name. */
import { Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES } from '../../../../machines/definition/schema.ts'
import { type Held, type Member, type Scenario, TEMPERS } from '../../../../machines/simulate/scenario.ts'
import { RowTools } from '../../../panels/row-tools.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { WordsField } from '../words-field.tsx'
import { AddButton } from './add-button.tsx'
import { Cards } from './cards.tsx'
import { OneOf, SeveralOf } from './fields.tsx'
import { useNames } from './names.tsx'
import { freeKey, orNone, put, replaced } from './put.ts'
import { type EditProps, Section } from './section.tsx'

export function People({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const castLine = useCastLine()
  const { start, cast } = scenario
  const members = Object.entries(cast).map(([key, member]) => ({ key, member }))
  return (
    <Section title={t('trainer.section.people')} lead={t('trainer.lead.people')}>
      <Stack className="fc-panel" p="md" gap="sm" data-pointer="/start/trainee">
        <Title order={3} size="h6">
          {t('trainer.form.trainee')}
        </Title>
        <MemberForm
          member={start.trainee}
          change={(trainee) => change({ ...scenario, start: { ...start, trainee } }, '/start/trainee')}
        />
      </Stack>
      <Title order={3} size="h6">
        {t('trainer.form.cast')}
      </Title>
      <KeyedCards
        keys={members.map(({ key }) => key)}
        told={(key) => castLine(say(cast[key]?.name), cast[key])}
        add={() => {
          const hasCustomer = Object.values(cast).some(({ roles }) => roles.includes('customer'))
          const role = hasCustomer ? 'dispatcher' : 'customer'
          const key = freeKey(role, Object.keys(cast))
          const member: Member = { name: { en: '' }, roles: [role], temper: 'calm' }
          change({ ...scenario, cast: { ...cast, [key]: member } })
        }}
        remove={(key) => change({ ...scenario, cast: without(cast, key) })}
        order={(keys) =>
          change({
            ...scenario,
            cast: Object.fromEntries(keys.flatMap((key) => (cast[key] ? [[key, cast[key]]] : []))),
          })
        }
      >
        {(key) =>
          cast[key] === undefined ? null : (
            <MemberForm
              member={cast[key]}
              isOther
              change={(member) => change({ ...scenario, cast: { ...cast, [key]: member } }, `/cast/${key}`)}
            />
          )
        }
      </KeyedCards>
    </Section>
  )
}

/** A person's name and roles. */
function useCastLine(): (name: string, member: Member | undefined) => string {
  const { t } = useTranslation()
  const { list } = useSpeech()
  return (name, member) => {
    const roles = list((member?.roles ?? []).map((role) => t(`roles.${role}`)))
    return [name === '' ? t('trainer.form.unnamed') : name, roles].filter((part) => part !== '').join(' · ')
  }
}

const without = (cast: Scenario['cast'], key: string): Scenario['cast'] =>
  Object.fromEntries(Object.entries(cast).filter(([each]) => each !== key))

/** Cards over the members of an object. */
function KeyedCards({
  keys,
  told,
  add,
  remove,
  order,
  children,
}: {
  keys: readonly string[]
  told(key: string): string
  add(): void
  remove(key: string): void
  order(keys: string[]): void
  children(key: string): ReactElement | null
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Cards
      items={keys}
      at="/cast"
      placeOf={(key) => key}
      told={told}
      add={t('trainer.form.addPerson')}
      empty={t('trainer.form.noCast')}
      fresh={() => ''}
      change={(next) => {
        if (next.length > keys.length) add()
        else if (next.length < keys.length) {
          const gone = keys.find((key) => !next.includes(key))
          if (gone !== undefined) remove(gone)
        } else order(next)
      }}
    >
      {(key) => children(key)}
    </Cards>
  )
}

function MemberForm({
  member,
  change,
  isOther = false,
}: {
  member: Member
  change(member: Member): void
  isOther?: boolean
}): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <WordsField
        label={t('trainer.form.name')}
        lines={1}
        value={member.name}
        change={(name) => change({ ...member, name })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <SeveralOf
          label={t('trainer.form.roles')}
          from={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
          value={member.roles}
          change={(roles) => change({ ...member, roles: ROLES.filter((role) => roles.includes(role)) })}
        />
        {isOther ? (
          <Select
            label={t('trainer.form.temper')}
            clearable
            clearButtonProps={{ 'aria-label': t('trainer.form.noTemper') }}
            placeholder={t('trainer.form.noTemper')}
            data={TEMPERS.map((value) => ({ value, label: t(`trainer.temper.${value}`) }))}
            value={member.temper ?? null}
            onChange={(value) =>
              change(
                put(
                  member,
                  'temper',
                  TEMPERS.find((each) => each === value),
                ),
              )
            }
          />
        ) : null}
      </SimpleGrid>
      {isOther ? (
        <WordsField
          label={t('trainer.form.about')}
          help={t('trainer.form.aboutHelp')}
          lines={1}
          value={member.about}
          change={(about) => {
            const isEmpty = Object.values(about).every((text) => text === '')
            change(put(member, 'about', isEmpty ? undefined : about))
          }}
        />
      ) : null}
      <Certificates
        held={member.certificates ?? []}
        change={(held) => change(put(member, 'certificates', orNone(held)))}
      />
    </>
  )
}

const dayOf = (iso: string | undefined): string => (iso ?? '').slice(0, 10)
const momentOf = (day: string): string | undefined => (day === '' ? undefined : `${day}T00:00:00.000Z`)

function Certificates({ held, change }: { held: readonly Held[]; change(held: Held[]): void }): ReactElement {
  const { t } = useTranslation()
  const { certificates } = useNames()
  const rows = held.map((one, index) => ({ one, index, key: `certificate ${index}` }))
  const spare = certificates.find(({ value }) => held.every(({ kind }) => kind !== value))
  return (
    <Stack gap="xs">
      {rows.map(({ one, index, key }) => (
        <Group key={key} gap="xs" align="flex-end">
          <OneOf
            label={t('trainer.form.certificate')}
            from={certificates}
            value={one.kind}
            change={(kind) => change(replaced(held, index, { ...one, kind: kind ?? one.kind }))}
          />
          {(['validFrom', 'validUntil'] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              label={t(`trainer.form.${end}`)}
              value={dayOf(one[end])}
              onChange={(event) =>
                change(replaced(held, index, put(one, end, momentOf(event.currentTarget.value))))
              }
            />
          ))}
          <RowTools
            what={t('trainer.form.certificate')}
            index={index}
            count={1}
            remove={() => change(held.toSpliced(index, 1))}
          />
        </Group>
      ))}
      {spare === undefined ? null : (
        <Group gap="xs">
          <AddButton
            label={t('trainer.form.addCertificate')}
            add={() => change([...held, { kind: spare.value }])}
          />
          {held.length === 0 ? (
            <Text size="xs" c="dimmed">
              {t('trainer.form.certificateHelp')}
            </Text>
          ) : null}
        </Group>
      )}
    </Stack>
  )
}
