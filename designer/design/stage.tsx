/**
 * What fills the designer between toolbar and problems: the drawing to be worked on, and beside it what is selected.
 */
import { Box } from '@mantine/core'
import { lazy, type ReactElement, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Waiting } from '../shell/notices.tsx'

const DesignCanvas = lazy(() => import('../canvas/design-canvas.tsx'))
const DesignPanel = lazy(() => import('../panels/design-panel.tsx'))

export function Stage({ title }: { title: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <Box
      component="section"
      aria-label={t('processes.drawing', { title })}
      style={{ flex: 1, minHeight: 0, display: 'flex' }}
    >
      <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
        <Box style={{ flex: 1, minWidth: 0 }}>
          <DesignCanvas />
        </Box>
        <Box
          w={{ base: 300, lg: 380 }}
          style={{
            flex: 'none',
            overflowY: 'auto',
            borderInlineStart: '1px solid var(--mantine-color-default-border)',
          }}
        >
          <DesignPanel />
        </Box>
      </Suspense>
    </Box>
  )
}
