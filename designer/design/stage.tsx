/**
 * What fills the designer between toolbar and problems: the drawing to be worked on, beside it what is selected, and the
 * text of the process where it is wanted.
 */
import { Box } from '@mantine/core'
import { lazy, type ReactElement, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import { useCodeShown } from '../code/code-shown.ts'
import { Divider } from '../code/divider.tsx'
import { Waiting } from '../shell/notices.tsx'

const DesignCanvas = lazy(() => import('../canvas/design-canvas.tsx'))
const DesignPanel = lazy(() => import('../panels/design-panel.tsx'))
const CodePane = lazy(() => import('../code/code-pane.tsx'))

export function Stage({ title, problems }: { title: string; problems: readonly Problem[] }): ReactElement {
  const { t } = useTranslation()
  const { isShown, share } = useCodeShown()
  return (
    <Box
      component="section"
      aria-label={t('processes.drawing', { title })}
      style={{ flex: 1, minHeight: 0, display: 'flex' }}
    >
      <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
        <Box style={{ flex: 1, minWidth: 0, display: 'flex' }}>
          <Box style={{ flex: 1, minWidth: 0 }}>
            <DesignCanvas problems={problems} />
          </Box>
          {isShown ? (
            <>
              <Divider share={share} />
              <Box data-area="code" style={{ flex: `0 0 ${share}%`, minWidth: 0 }}>
                <Suspense fallback={<Waiting label={t('code.opening')} />}>
                  <CodePane problems={problems} />
                </Suspense>
              </Box>
            </>
          ) : null}
        </Box>
        <Box
          // Where nothing in it may be changed, it is still to be scrolled by keyboard.
          tabIndex={0}
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
