/**
 * Starts the pages: language, theme, data, addresses.
 *
 * Must not: hold anything a page decides.
 */
import '@mantine/core/styles.css'
import './styles.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { BrowserRouter } from 'react-router'
import { fetchAhead } from './ahead.ts'
import { App } from './app.tsx'
import { createQueryClient } from './session/queries.ts'
import { FaultBoundary } from './shell/notices.tsx'
import { chooseLanguage, createTranslator, rememberedLanguage } from './text/language.ts'
import { theme } from './theme.ts'

fetchAhead(window.location.pathname)

const translator = createTranslator(chooseLanguage(rememberedLanguage(), navigator.languages))
const nameLanguage = (language: string): void => {
  document.documentElement.lang = language
}
nameLanguage(translator.language)
translator.on('languageChanged', nameLanguage)

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={translator}>
        <QueryClientProvider client={createQueryClient()}>
          <MantineProvider theme={theme} defaultColorScheme="auto">
            <FaultBoundary>
              <BrowserRouter useTransitions={false}>
                <App />
              </BrowserRouter>
            </FaultBoundary>
          </MantineProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}
