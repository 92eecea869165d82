/**
 * Brings the actions of the designer to the page, and says each change to those who do not see it.
 *
 * Must not: decide what can be published (the page does).
 */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Problem } from '../../machines/definition/problem.ts'
import { placeName } from '../design/places.ts'
import { EXPORTS, exportAddress } from '../processes/exports.ts'
import { useSpeech } from '../text/use-language.ts'
import { DESIGN_ACTIONS, type DesignScene } from './design-actions.ts'
import { useActions, useBring } from './register.ts'

type Given = Omit<DesignScene, 'gone' | 'leave' | 'announceProblem' | 'takeOut'>

export function useDesignActions(given: Given): void {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const navigate = useNavigate()
  const { announce } = useActions()
  const gone = useRef(-1)
  const { design } = given
  const announceProblem = ({ path, message, severity }: Problem): void => {
    const place = say(placeName(design.document.definition, path), t('design.problems.process'))
    announce(
      `${t(`design.problems.${severity}`)}${t('common.colon')}${place}${t('common.colon')}${say(message)}`,
      {
        seen: true,
      },
    )
  }
  useBring(DESIGN_ACTIONS, {
    ...given,
    gone,
    announceProblem,
    takeOut: (format) => {
      if (given.version === undefined) return
      const own = language.startsWith('zh') ? 'zh' : 'en'
      const link = document.createElement('a')
      link.href = exportAddress(design.process, given.version, format, own)
      if (EXPORTS.find((each) => each.format === format)?.isPage === true) link.target = '_blank'
      else link.download = ''
      link.click()
    },
    leave: () => void navigate(`/processes/${encodeURIComponent(design.process)}`),
  })
  const { stack } = design
  useEffect(
    () =>
      stack.subscribe(({ kind }) => {
        // Who types hears the letters; the step they make is not news.
        if (document.activeElement?.matches('input, textarea, [contenteditable="true"]') === true) return
        const what = kind === 'undone' ? stack.redoTitle : stack.undoTitle
        if (what === undefined || !(kind === 'executed' || kind === 'undone' || kind === 'redone')) return
        announce(t(`actions.did.${kind}`, { what: say(what) }))
      }),
    [stack, announce, say, t],
  )
}
