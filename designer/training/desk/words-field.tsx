/**
 * A text in both languages, the reader's own first; several lines where it may be long.
 *
 * Promises: an emptied language is taken away; of an emptied text the shape stays.
 */
import { SimpleGrid, Textarea } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Text } from '../../../machines/definition/schema.ts'
import { asLanguage } from '../../text/language.ts'

export function WordsField({
  label,
  value,
  change,
  lines = 2,
  help,
}: {
  label: string
  value: Text | undefined
  change(text: Text): void
  lines?: number
  help?: string
}): ReactElement {
  const { t, i18n } = useTranslation()
  const own = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
  const order = own === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  return (
    <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
      {order.map((key) => (
        <Textarea
          key={key}
          autosize
          minRows={lines}
          maxRows={10}
          size="sm"
          lang={key}
          label={t('panel.inLanguage', { what: label, language: t(`language.${key}`) })}
          description={key === own ? help : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value?.[key] ?? ''}
          onChange={(event) => {
            const { [key]: _, ...rest } = value ?? {}
            const typed = event.currentTarget.value
            const made: Text = typed === '' ? rest : { ...rest, [key]: typed }
            change(Object.keys(made).length === 0 ? { [key]: '' } : made)
          }}
        />
      ))}
    </SimpleGrid>
  )
}
