/**
 * A name that others refer to: changed when the field is left, for every letter would rename it everywhere.
 */
import { TextInput } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'

export function NameField({
  label,
  help,
  value,
  change,
}: {
  label: string
  help?: string
  value: string
  /** False where the name was refused: the old one is shown again. */
  change(name: string): boolean
}): ReactElement {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const keep = (): void => {
    const name = typed.trim()
    if (name !== value && (name === '' || !change(name))) setTyped(value)
  }
  return (
    <TextInput
      size="xs"
      label={label}
      {...(help === undefined ? {} : { description: help })}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') setTyped(value)
      }}
    />
  )
}
