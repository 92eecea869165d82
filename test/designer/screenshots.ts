/**
 * Every page as it looks, at two widths, in both languages and both themes: `npm run screenshots -- DIR`.
 *
 * Promises: the same pages with the same jobs every time; one file a look, named page-language-theme-width.
 * Must not: judge. The tests do that, and whoever looks at the pictures.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TFunction } from 'i18next'
import type { Browser, Page } from 'playwright-core'
import { createTranslator, LANGUAGES, type Language } from '../../designer/text/language.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'
import { SCREENS } from './screens.ts'

const WIDTHS = [1280, 1920] as const
const THEMES = ['light', 'dark'] as const
const QUALITY = 0.75

type Look = { language: Language; theme: (typeof THEMES)[number]; width: number }

/** `only`: names of screens or of single pictures; empty: all. */
async function takeAll(folder: string, only: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const pages = await builtPages()
  const browser = await openBrowser()
  const app = await startPages(pages)
  const fresh = await startPages(pages, { administrator: false })
  try {
    for (const language of LANGUAGES)
      for (const theme of THEMES)
        for (const width of WIDTHS)
          await takeLook({ browser, app, fresh, folder, only }, { language, theme, width })
  } finally {
    await browser.close()
    await app.stop()
    await fresh.stop()
  }
}

type Studio = { browser: Browser; app: Pages; fresh: Pages; folder: string; only: readonly string[] }

async function takeLook(studio: Studio, look: Look): Promise<void> {
  const { language, theme, width } = look
  const t: TFunction = createTranslator(language).t
  const context = await studio.browser.newContext({
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: theme,
    viewport: { width, height: width === 1280 ? 800 : 1080 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(studio.app.address)
  await page.evaluate((name) => localStorage.setItem('mantine-color-scheme-value', name), theme)
  for (const screen of SCREENS) {
    const name = `${screen.name}-${language}-${theme}-${width}`
    if (studio.only.length > 0 && !studio.only.some((one) => one === screen.name || one === name)) continue
    try {
      await screen.show({
        page,
        t,
        app: studio.app,
        fresh: studio.fresh,
        signIn: () => signIn(page, studio.app),
      })
      await page.waitForTimeout(400)
      await writeFile(join(studio.folder, `${name}.webp`), await webp(page))
    } catch (error) {
      // One page that does not come must not cost the others their pictures.
      process.stderr.write(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}\n`)
      process.exitCode = 1
    }
  }
  await context.close()
}

async function signIn(page: Page, app: Pages): Promise<void> {
  if (!page.url().startsWith(app.address)) await page.goto(app.address)
  const box = page.locator('input[name=token]')
  await box.or(page.getByRole('navigation')).first().waitFor()
  if (!(await box.isVisible())) return
  await box.fill(ADMIN_TOKEN)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('navigation').waitFor()
}

/** As WebP: a tenth of a PNG's size, made by the browser that took it. */
async function webp(page: Page): Promise<Buffer> {
  const png = (await page.screenshot()).toString('base64')
  const blank = await page.context().newPage()
  const data = await blank.evaluate(
    async ([text, quality]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${text}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', quality)
    },
    [png, QUALITY] as const,
  )
  await blank.close()
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
}

const [folder = join('docs', 'images', 'screens'), ...only] = process.argv.slice(2)
await takeAll(folder, only)
