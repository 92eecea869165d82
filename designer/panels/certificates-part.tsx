/**
 * The certificates that a process may ask for, by kind; conditions and people's files name them.
 *
 * Promises: one that a condition asks for is taken away only when that was said first.
 */
import { Card, Stack, Text as Words } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Text } from '../../machines/definition/schema.ts'
import { nameFrom, textIn } from '../canvas/gestures.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { addCertificate, changeCertificate, removeCertificate } from '../document/commands/declaration.ts'
import { at, keysOf } from '../document/json.ts'
import { usesOf } from '../document/questions.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { AddByTitle } from './add-by-title.tsx'
import { Part, TextFields } from './fields.tsx'
import { Opened } from './opened.tsx'
import { declaredAs } from './read.ts'
import { Removal } from './removal.tsx'

export function CertificatesPart(): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const [open, setOpen] = useState<string>()
  const held = at(document.definition, 'meta', 'certificates')
  return (
    <Part title={t('panel.certificates')} help={t('panel.certificatesHelp')}>
      {declaredAs(Text, held).map(([name, title]) => (
        <Card key={name} withBorder p="xs">
          <Words size="sm">{say(title, name)}</Words>
          <Opened
            what={say(title, name)}
            open={open === name}
            toggle={(is) => setOpen(is ? name : undefined)}
          >
            <Stack gap="xs">
              <TextFields
                label={t('edit.title')}
                value={title}
                change={(made) => edit.execute(changeCertificate(name, made ?? {}))}
              />
              <Words size="xs" c="dimmed">
                {t('panel.certificateKey', { key: name })}
              </Words>
              <Removal
                uses={usesOf(document, 'certificate', name).filter(({ how }) => how !== 'lists').length}
                what={say(title, name)}
                remove={(withUses) => edit.execute(removeCertificate(name, { withUses }))}
              />
            </Stack>
          </Opened>
        </Card>
      ))}
      <AddByTitle
        label={t('panel.addTo.certificates')}
        add={(title) => {
          const name = freeName(nameFrom(title, 'certificate', '-'), keysOf(held))
          return edit.execute(addCertificate(name, textIn(language, title)))
        }}
      />
    </Part>
  )
}
