/** Adds something by what it is called; the name in data is made from that. */
import { Button, Group, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'

export function AddByTitle({
  label,
  add,
}: {
  label: string
  /** False where it was refused: what was typed stays. */
  add(title: string): boolean
}): ReactElement {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const isEmpty = title.trim() === ''
  const keep = (): void => {
    if (!isEmpty && add(title.trim())) setTitle('')
  }
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <TextInput
        size="xs"
        style={{ flex: 1 }}
        label={label}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While a word is being composed, Enter takes the word.
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep()
        }}
      />
      <Button size="xs" variant="light" disabled={isEmpty} onClick={keep}>
        {t('panel.add')}
      </Button>
    </Group>
  )
}
