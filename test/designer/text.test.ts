/** The pages' words: complete in both languages, all of them used, and none hidden in a component. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { en } from '../../designer/text/en.ts'
import { chooseLanguage, createTranslator, inLanguage } from '../../designer/text/language.ts'
import { zhCN } from '../../designer/text/zh-CN.ts'

const ROOT = join(import.meta.dirname, '..', '..', 'designer')
const files = (pattern: string, cwd = ROOT): { path: string; text: string }[] =>
  globSync(pattern, { cwd }).map((path) => ({ path, text: readFileSync(join(cwd, path), 'utf8') }))

function leaves(words: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [below, text] of leaves(value, `${prefix}${key}.`)) found.set(below, text)
  }
  return found
}
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(String).toSorted()

describe('the words of the pages', () => {
  const english = leaves(en)
  const chinese = leaves(zhCN)

  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  it('take the same values in both languages', () => {
    for (const [key, text] of english)
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('are Chinese where they are to be Chinese', () => {
    const spoken = (text: string): string => text.replaceAll(/\{\{\w+\}\}/g, '')
    const same = [...chinese].filter(
      ([key, text]) => text === english.get(key) && /[a-z]/i.test(spoken(text)),
    )
    // A product's name, a language's name in itself, and signs that are the same everywhere.
    const alike = ['app.name', 'language.en', 'jobs.version', 'chart.shallowMark', 'chart.deepMark']
    expect(same.map(([key]) => key)).toEqual(alike)
    for (const [key, text] of english)
      if (key !== 'language.zh') expect(text, key).not.toMatch(/[\u4e00-\u9fff]/)
  })

  it('are all said somewhere', () => {
    const drawings = join(ROOT, '..', 'machines', 'drawing')
    const source = [...files('**/*.{ts,tsx}'), ...files('*.ts', drawings)]
      .filter(({ path }) => !path.startsWith('text/en') && !path.startsWith('text/zh'))
      .map(({ text }) => text)
      .join('\n')
    const said = (key: string): boolean => {
      const plain = key.replace(/_(one|other)$/, '')
      const parent = plain.slice(0, plain.lastIndexOf('.'))
      return source.includes(`'${plain}'`) || source.includes(`\`${parent}.\${`)
    }
    expect([...english.keys()].filter((key) => !said(key))).toEqual([])
  })
})

/** Attributes whose text people see or hear. */
const SPOKEN = new Set(['title', 'label', 'alt', 'placeholder', 'description', 'aria-label', 'lead'])

/** Literal text in the JSX of a file, with the line it stands on. */
function literalText(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const note = (node: ts.Node, words: string): void => {
    if (!/\p{L}/u.test(words)) return
    found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${words.trim()}`)
  }
  const literals = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text)
    else if (ts.isTemplateExpression(node)) {
      note(node, [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' '))
    } else if (ts.isConditionalExpression(node)) {
      literals(node.whenTrue)
      literals(node.whenFalse)
    } else if (ts.isParenthesizedExpression(node)) literals(node.expression)
    else if (ts.isBinaryExpression(node)) literals(node.right)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text)
    if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent))
      literals(node.expression)
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer !== undefined) {
      if (ts.isStringLiteral(node.initializer)) note(node, node.initializer.text)
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression !== undefined)
        literals(node.initializer.expression)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

describe('components', () => {
  const components = files('**/*.tsx')

  it('hold no literal text', () => {
    expect(components.length).toBeGreaterThan(15)
    expect(components.flatMap(({ path, text }) => literalText(path, text))).toEqual([])
  })

  it('would be caught holding some', () => {
    const planted = [
      '<p title="Hello">Text {open ? "Yes" : t("no")}',
      '{`so `}<b aria-label={"x"} /></p>',
    ].join(' ')
    expect(literalText('planted.tsx', `const a = ${planted}`)).toHaveLength(5)
  })
})

describe('the language', () => {
  it('is the last choice, else the browser’s first known, else English', () => {
    expect(chooseLanguage('zh-CN', ['en-GB'])).toBe('zh-CN')
    expect(chooseLanguage(null, ['fr', 'zh-Hans-CN', 'en'])).toBe('zh-CN')
    expect(chooseLanguage('de', ['en-US', 'zh'])).toBe('en')
    expect(chooseLanguage(null, ['fr'])).toBe('en')
  })

  it('counts as each language does', () => {
    expect(createTranslator('en').t('jobs.count', { count: 1 })).toBe('1 job')
    expect(createTranslator('en').t('jobs.count', { count: 2 })).toBe('2 jobs')
    expect(createTranslator('zh-CN').t('jobs.count', { count: 2 })).toBe('2 个工单')
  })

  it('falls back to the other where a definition lacks one', () => {
    expect(inLanguage({ zh: '上门' }, 'en')).toBe('上门')
    expect(inLanguage({ en: 'Visit' }, 'zh-CN')).toBe('Visit')
    expect(inLanguage(undefined, 'en', 'visit')).toBe('visit')
  })
})
