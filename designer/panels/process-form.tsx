/**
 * The process itself: what it is called, the norms it carries out, its settings, and the certificates it asks for.
 */
import { Stack } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { asText } from '../../machines/drawing/model.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { setProcessMeta } from '../document/commands/process.ts'
import { at } from '../document/json.ts'
import { CertificatesPart } from './certificates-part.tsx'
import { TextFields } from './fields.tsx'
import { NormsField } from './norms-field.tsx'
import { SettingsPart } from './settings-part.tsx'

export function ProcessForm(): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const edit = useEdit()
  const meta = at(document.definition, 'meta')
  const norms = at(meta, 'norms')
  return (
    <Stack gap="md">
      <TextFields
        label={t('edit.title')}
        value={asText(at(meta, 'title'))}
        change={(title) => title !== undefined && edit.execute(setProcessMeta('title', title))}
      />
      <TextFields
        label={t('panel.description')}
        value={asText(at(meta, 'description'))}
        change={(text) => edit.execute(setProcessMeta('description', text))}
      />
      <NormsField
        value={Array.isArray(norms) ? norms.filter((each) => typeof each === 'string') : []}
        change={(chosen) => edit.execute(setProcessMeta('norms', chosen.length === 0 ? undefined : chosen))}
      />
      <SettingsPart />
      <CertificatesPart />
    </Stack>
  )
}
