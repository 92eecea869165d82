/**
 * The line between drawing and text, moved by mouse or by arrow keys.
 */
import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { SHARES, shareCode } from './code-shown.ts'

const STEP = 2

export function Divider({ share }: { share: number }): ReactElement {
  const { t } = useTranslation()
  const line = useRef<HTMLHRElement>(null)
  const moved = ({ clientX, buttons }: PointerEvent): void => {
    const around = line.current?.parentElement?.getBoundingClientRect()
    if (buttons !== 1 || around === undefined || around.width === 0) return
    shareCode(Math.round(((around.right - clientX) / around.width) * 100))
  }
  const pressed = (event: KeyboardEvent): void => {
    const next: Readonly<Record<string, number>> = {
      ArrowLeft: share + STEP,
      ArrowRight: share - STEP,
      Home: SHARES.most,
      End: SHARES.least,
      Enter: SHARES.usual,
    }
    const to = Object.hasOwn(next, event.key) ? next[event.key] : undefined
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    shareCode(to)
  }
  return (
    <hr
      ref={line}
      className="code-divider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('code.divider')}
      aria-valuenow={share}
      aria-valuemin={SHARES.least}
      aria-valuemax={SHARES.most}
      title={t('code.dividerHint')}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
      }}
      onPointerMove={moved}
      onDoubleClick={() => shareCode(SHARES.usual)}
      onKeyDown={pressed}
    />
  )
}
