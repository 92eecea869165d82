/**
 * The panel beside the canvas: what is selected, as a form; the process itself where nothing is.
 *
 * Must not: hold what the document holds.
 */
import './panels.css'
import { Box, Text, Title } from '@mantine/core'
import { memo, type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tokensOf } from '../../machines/definition/pointer.ts'
import { readChart } from '../../machines/drawing/model.ts'
import { titleAt, triggerInWords } from '../../machines/drawing/words.ts'
import { chartWords } from '../canvas/chart-words.ts'
import { useDesign } from '../design/design-api.ts'
import { treeOf } from '../document/document.ts'
import { isObject } from '../document/json.ts'
import { ProcessPanel } from './process-panel.tsx'
import { StatePanel } from './state-panel.tsx'
import { TransitionPanel } from './transition-panel.tsx'

/** Drawn anew for what it shows alone, not for how saving stands. */
export default memo(DesignPanel)

function DesignPanel(): ReactElement {
  const { t, i18n } = useTranslation()
  const { document, selection, readOnly } = useDesign()
  const { definition } = document
  const model = useMemo(() => readChart(definition), [definition])
  const words = useMemo(() => chartWords(t, i18n.language, model), [t, i18n.language, model])
  const [one] = selection
  if (!isObject(definition)) return <Text p="md">{t('panel.broken')}</Text>
  const tree = treeOf(definition)
  const state = one?.kind === 'state' && one.path !== '' ? tree.byPath.get(one.path) : undefined
  const ways = tree.nodes.flatMap(({ transitions }) => transitions)
  const way = one?.kind === 'transition' ? ways.find(({ pointer }) => pointer === one.pointer) : undefined
  const drawn = model.transitions.find(({ pointer }) => pointer === way?.pointer)
  const several = selection.length > 1
  const title = several
    ? t('panel.selected', { count: selection.length })
    : state !== undefined
      ? titleAt(state.path, words)
      : drawn !== undefined
        ? triggerInWords(drawn, words).title
        : titleAt('', words)
  const open = one?.kind === 'place' ? tokensOf(one.pointer) : []
  return (
    <Box component="aside" data-area="panel" aria-label={t('panel.label')} p="md" className="panel">
      <Title order={2} size="h5" mb="sm" className="fc-wrap">
        {title}
      </Title>
      <fieldset disabled={readOnly} className="panel-fields">
        {several ? (
          <Text size="sm" c="dimmed">
            {t('panel.severalHelp')}
          </Text>
        ) : state !== undefined ? (
          <StatePanel key={state.path} node={state} words={words} />
        ) : way !== undefined ? (
          <TransitionPanel key={way.pointer} way={way} words={words} />
        ) : (
          <ProcessPanel key={open.join('/')} open={open} />
        )}
      </fieldset>
    </Box>
  )
}
