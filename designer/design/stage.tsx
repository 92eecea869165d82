/**
 * What fills the designer between toolbar and problems: the drawing, and beside it what is selected.
 */
import { Box } from '@mantine/core'
import { type ReactElement, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOf } from '../../machines/definition/hash.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import { Waiting } from '../shell/notices.tsx'
import { useDesign } from './design-api.ts'

export function Stage({ title }: { title: string }): ReactElement {
  const { t } = useTranslation()
  const { process, document } = useDesign()
  return (
    <Box style={{ flex: 1, minHeight: 0 }}>
      <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
        <LazyChart
          definition={document.definition}
          layoutKey={`${process} ${hashOf(document.definition)}`}
          label={t('processes.drawing', { title })}
        />
      </Suspense>
    </Box>
  )
}
