/**
 * Which norms a part carries out: picked from the catalogue, with what this process covers already and what not yet.
 *
 * Promises: found by number and by words of either language. What covers a norm is read from the definition itself.
 * Must not: judge coverage (`machines/norm-effects.ts` does).
 */
import { type ComboboxItem, type ComboboxParsedItem, MultiSelect } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Definition } from '../../machines/definition/schema.ts'
import { type NormRow, normTable } from '../../machines/norm-effects.ts'
import { NORM_BY_ID, NORMS } from '../../machines/norms.ts'
import { useDesign } from '../design/design-api.ts'
import { type Json, member } from '../document/json.ts'
import { asLanguage } from '../text/language.ts'
import { readAs } from './read.ts'

const COVERS = ['open', 'named', 'covered'] as const
type Cover = (typeof COVERS)[number]
/** In the order in which they are offered. */
const GROUPS = [...COVERS, 'others'] as const

const tables = new WeakMap<object, readonly NormRow[]>()
/** What of the catalogue a process carries out; nothing is told of one that is damaged. */
function tableOf(json: Json): readonly NormRow[] {
  if (typeof json !== 'object' || json === null) return []
  const known = tables.get(json)
  if (known !== undefined) return known
  const definition = readAs(Definition, json)
  const made = definition === undefined ? [] : normTable([definition])
  tables.set(json, made)
  return made
}

const coverOf = ({ effects, status }: NormRow): Cover =>
  effects.length === 0 ? 'open' : status === 'effective' ? 'covered' : 'named'

export function NormsField({
  value,
  label,
  change,
}: {
  value: readonly string[]
  label?: string
  change(norms: string[]): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const { document } = useDesign()
  const [isOpen, setOpen] = useState(false)
  const isChinese = asLanguage(i18n.language) === 'zh-CN'
  const process = member(document.definition, 'id')
  const table = isOpen ? tableOf(document.definition) : []
  const covers = new Map(table.map((row) => [row.id, coverOf(row)]))
  const data = useMemo(() => {
    const known = NORMS.map((norm) => ({
      value: norm.id,
      label: `${norm.id} ${isChinese ? norm.zh : norm.en}`,
    }))
    const ids = new Set(known.map((each) => each.value))
    return [...known, ...value.filter((id) => !ids.has(id)).map((id) => ({ value: id, label: id }))]
  }, [isChinese, value])
  const groupOf = (id: string): (typeof GROUPS)[number] => {
    const norm = NORM_BY_ID.get(id)
    if (norm === undefined || (norm.process !== 'all' && norm.process !== process)) return 'others'
    return covers.get(id) ?? 'open'
  }
  // A list that nobody has opened holds what is told of the chosen: it is drawn with every letter typed above it.
  const chosen = data.filter((one) => value.includes(one.value))
  const groups = GROUPS.map((group) => ({
    group: t(`panel.normGroups.${group}`),
    items: isOpen ? data.filter((one) => groupOf(one.value) === group) : [],
  })).filter(({ items }) => items.length > 0)
  return (
    <MultiSelect
      size="xs"
      label={label ?? t('panel.norms')}
      placeholder={value.length === 0 ? t('panel.normsHint') : ''}
      data={isOpen ? groups : chosen}
      value={[...value]}
      onChange={change}
      onDropdownOpen={() => setOpen(true)}
      searchable
      filter={({ options, search }) => found(options, search)}
      maxDropdownHeight={320}
      hidePickedOptions
      nothingFoundMessage={t('panel.nothingFound')}
      comboboxProps={{ width: 420, position: 'bottom-end', withinPortal: true }}
      renderOption={({ option }) => (
        <Option
          id={option.value}
          cover={groupOf(option.value) === 'others' ? undefined : covers.get(option.value)}
        />
      )}
      renderPill={({ option, onRemove }) => (
        <Pill id={String(option?.value ?? '')} title={option?.label ?? ''} remove={onRemove} />
      )}
    />
  )
}

/** As many as a list can show without being felt; a word more brings the rest. */
const MOST = 80

/** Those with all the words in their number or their text, in either language. */
function found(options: ComboboxParsedItem[], search: string): ComboboxParsedItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  let left = MOST
  const fits = ({ value, label }: ComboboxItem): boolean => {
    const norm = NORM_BY_ID.get(value)
    const text = `${value} ${label} ${norm?.en ?? ''} ${norm?.zh ?? ''}`.toLowerCase()
    if (left <= 0 || !words.every((word) => text.includes(word))) return false
    left -= 1
    return true
  }
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return fits(option) ? [option] : []
    const items = option.items.filter(fits)
    return items.length === 0 ? [] : [{ ...option, items }]
  })
}

function Option({ id, cover }: { id: string; cover: Cover | undefined }): ReactElement {
  const { t, i18n } = useTranslation()
  const norm = NORM_BY_ID.get(id)
  const isChinese = asLanguage(i18n.language) === 'zh-CN'
  return (
    <span className="norm-option">
      <span>
        <strong>{id}</strong> {isChinese ? norm?.zh : norm?.en}
      </span>
      {cover === undefined ? null : <em data-cover={cover}>{t(`panel.normCover.${cover}`)}</em>}
    </span>
  )
}

function Pill({
  id,
  title,
  remove,
}: {
  id: string
  title: string
  remove?: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  return (
    <span className="panel-pill" title={title}>
      {id}
      <button type="button" tabIndex={-1} aria-label={t('panel.takeAway', { what: id })} onClick={remove}>
        ×
      </button>
    </span>
  )
}
