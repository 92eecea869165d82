/**
 * The choices of a field: each with what it is called in both languages, in their order.
 *
 * Promises: a choice keeps its name in the data when its title changes.
 */
import { Card, Group, Stack, Text as Words } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Text } from '../../machines/definition/schema.ts'
import { nameFrom, textIn } from '../canvas/gestures.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { AddByTitle } from './add-by-title.tsx'
import { TextFields } from './fields.tsx'
import { RowTools } from './row-tools.tsx'

export function OptionsField({ field, change }: { field: Field; change(field: Field): void }): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { enum: values = [], meta = { title: {} } } = field
  const titles = meta.options ?? {}
  const set = (made: readonly string[], options: Record<string, Text>): void => {
    const kept = Object.entries(options).filter(([value]) => made.includes(value))
    const { options: _, ...rest } = meta
    change({
      ...field,
      enum: [...made],
      meta: kept.length === 0 ? rest : { ...rest, options: Object.fromEntries(kept) },
    })
  }
  const move = (from: number, to: number): void => {
    const value = values[from]
    if (value !== undefined) set(values.toSpliced(from, 1).toSpliced(to, 0, value), titles)
  }
  return (
    <Stack gap={4}>
      <Words size="xs" fw={500}>
        {t('panel.options')}
      </Words>
      {values.map((value, index) => {
        const title = Object.hasOwn(titles, value) ? titles[value] : undefined
        const said = say(title, value)
        return (
          <Card key={value} withBorder p={6}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <code className="panel-cut">{value}</code>
              <RowTools
                what={said}
                index={index}
                count={values.length}
                move={(to) => move(index, to)}
                {...(values.length > 1 ? { remove: () => set(values.toSpliced(index, 1), titles) } : {})}
              />
            </Group>
            <TextFields
              label={t('edit.title')}
              value={title}
              change={(made) => {
                const { [value]: _, ...others } = titles
                set(values, made === undefined ? others : { ...titles, [value]: made })
              }}
            />
          </Card>
        )
      })}
      <AddByTitle
        label={t('panel.addTo.options')}
        add={(title) => {
          const value = freeName(nameFrom(title, 'choice', '-'), values)
          set([...values, value], { ...titles, [value]: textIn(language, title) })
          return true
        }}
      />
    </Stack>
  )
}
