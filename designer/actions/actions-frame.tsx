/**
 * The frame that actions are done in: their register and keys, palette, sheet, and the voice for who listens.
 *
 * Must not: hold an action; `app-actions.ts` and the parts of each page do.
 */
import './actions.css'
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../session/api.ts'
import { asLanguage, rememberLanguage } from '../text/language.ts'
import type { Bound } from './action.ts'
import { useActionKeys } from './action-keys.ts'
import { APP_ACTIONS, type AppScene } from './app-actions.ts'
import { Palette } from './palette.tsx'
import { useSaying } from './palette-items.ts'
import { canvasOf, enter } from './regions.ts'
import { type Actions, ActionsContext, Register, useActions, useBring } from './register.ts'
import { Sheet } from './sheet.tsx'
import { useVoice } from './voice.tsx'

type Shown = { readonly kind: 'palette'; readonly of?: Bound } | { readonly kind: 'sheet' }

export function ActionsFrame({ signOut, children }: { signOut(): void; children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const saying = useSaying()
  const [register] = useState(() => new Register())
  const [shown, setShown] = useState<Shown>()
  const { announce, voice } = useVoice()
  const before = useRef<Element>(null)
  const show = useCallback((next: Shown): void => {
    before.current = document.activeElement
    setShown(next)
  }, [])
  const perform = useCallback(
    (action: Bound): void => {
      const barred = action.barred()
      if (barred !== undefined)
        announce(t('actions.barred', { what: saying.tell(action.title), why: saying.why(barred) }), {
          seen: true,
        })
      else if (action.run === undefined) show({ kind: 'palette', of: action })
      else action.run()
    },
    [announce, show, saying, t],
  )
  const actions: Actions = useMemo(
    () => ({
      register,
      perform,
      announce,
      showPalette: () => show({ kind: 'palette' }),
      showSheet: () => show({ kind: 'sheet' }),
    }),
    [register, perform, announce, show],
  )
  useActionKeys(register, perform)
  const close = (then?: () => void): void => {
    setShown(undefined)
    // The window has to be gone before the keyboard can go back, and before another opens.
    requestAnimationFrame(() => {
      const back = before.current
      if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
      else enterCanvas()
      then?.()
    })
  }
  return (
    <ActionsContext value={actions}>
      <AppActions signOut={signOut} isAsked={shown?.kind === 'palette'} />
      {children}
      {shown?.kind === 'palette' ? (
        <Palette key={shown.of?.id ?? ''} register={register} of={shown.of} close={close} />
      ) : null}
      {shown?.kind === 'sheet' ? <Sheet actions={register.all} close={() => close()} /> : null}
      {voice}
    </ActionsContext>
  )
}

function enterCanvas(): void {
  const canvas = canvasOf()
  if (canvas !== undefined) enter(canvas)
}

/** `isAsked`: the list of processes is wanted. */
function AppActions({ signOut, isAsked }: { signOut(): void; isAsked: boolean }): null {
  const { i18n } = useTranslation()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const { showPalette, showSheet } = useActions()
  const { data } = useQuery({
    queryKey: ['processes'],
    queryFn: ({ signal }) => api.processes(signal),
    enabled: isAsked,
  })
  const scene: AppScene = {
    processes: data?.processes ?? [],
    go: (address) => void navigate(address),
    switchTheme: () => setColorScheme(isDark ? 'light' : 'dark'),
    switchLanguage: () => {
      const language = asLanguage(i18n.language) === 'en' ? 'zh-CN' : 'en'
      rememberLanguage(language)
      void i18n.changeLanguage(language)
    },
    showPalette,
    showSheet,
    signOut,
  }
  useBring(APP_ACTIONS, scene)
  return null
}
