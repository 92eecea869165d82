/**
 * JSON bodies, guarded before they are parsed.
 *
 * Promises: nesting over 64 levels is refused by a scan that uses no stack; `__proto__` and `constructor.prototype`
 * keys are refused; an empty body is no body.
 * Must not: accept any other kind of body: a form that another site can post is none of ours.
 */
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'

const DEEPEST = 64

/** Whether brackets outside strings nest deeper than `deepest`. Linear, also on text that is not JSON. */
export function nestsDeeper(text: string, deepest: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (inString) {
      if (unit === BACKSLASH) index++
      else if (unit === QUOTE) inString = false
    } else if (unit === QUOTE) inString = true
    else if (unit === OPEN_BRACKET || unit === OPEN_BRACE) {
      depth++
      if (depth > deepest) return true
    } else if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) depth--
  }
  return false
}
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

export function registerJsonBody(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text.trim() === '') return done(null, undefined)
    if (nestsDeeper(text, DEEPEST)) return done(problem('too-deep'))
    return parse(request, text, done)
  })
}
