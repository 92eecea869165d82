/** The fields that a person is made of, for a new one and for one who is there. */
import { MultiSelect, TagsInput, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '../../machines/definition/schema.ts'

export type PersonFieldsValue = { name: string; roles: Role[]; regions: string[] }

type Props = {
  value: PersonFieldsValue
  change(value: PersonFieldsValue): void
  /** Only to be read. */
  fixed?: boolean
  /** Whether what is missing is said. */
  asked: boolean
}

export function PersonFields({ value, change, fixed = false, asked }: Props): ReactElement {
  const { t } = useTranslation()
  const { name, roles, regions } = value
  return (
    <>
      <TextInput
        label={t('people.name')}
        required={!fixed}
        readOnly={fixed}
        maxLength={200}
        value={name}
        error={asked && name.trim() === '' ? t('people.nameNeeded') : undefined}
        onChange={(event) => change({ ...value, name: event.currentTarget.value })}
      />
      <MultiSelect
        label={t('people.rolesField')}
        description={fixed ? undefined : t('people.rolesHelp')}
        readOnly={fixed}
        data={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
        value={roles}
        searchable
        onChange={(chosen) => change({ ...value, roles: ROLES.filter((role) => chosen.includes(role)) })}
      />
      <TagsInput
        label={t('people.regions')}
        description={fixed ? undefined : t('people.regionsHelp')}
        placeholder={regions.length === 0 ? t('people.everywhere') : ''}
        readOnly={fixed}
        maxTags={50}
        value={regions}
        onChange={(next) => change({ ...value, regions: next.map((each) => each.trim()).filter(Boolean) })}
      />
    </>
  )
}
