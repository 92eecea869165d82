/**
 * Short words for the fields of a home visit and the payloads of its events.
 *
 * Must not: hide a default or a limit that matters to the process; what these return is all there is.
 */
import type { Field, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'

/** A text that must say something. */
export const words = (en: string, zh: string, norms: string[] = [], maxLength = 2000): Field => ({
  type: 'string',
  minLength: 1,
  maxLength,
  meta: { title: text(en, zh), norms },
})
/** A text about a person. */
export const personalWords = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 300,
  meta: { title: text(en, zh), norms, personal: true },
})
export const moment = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  format: 'date-time',
  meta: { title: text(en, zh), norms },
})
export const day = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  format: 'date',
  meta: { title: text(en, zh), norms },
})
/** The id of a person known to the server. */
export const person = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'string',
  format: 'person',
  meta: { title: text(en, zh), norms },
})
/** In a payload: yes or no, and absent means no. */
export const flag = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'boolean',
  meta: { title: text(en, zh), norms },
})
/** In the job: no until the process says otherwise. */
export const flagField = (en: string, zh: string, norms: string[] = []): Field => ({
  ...flag(en, zh, norms),
  default: false,
})
export const count = (en: string, zh: string, norms: string[] = [], minimum = 0): Field => ({
  type: 'integer',
  minimum,
  meta: { title: text(en, zh), norms },
})
/** Money in the organisation's currency. */
export const amount = (en: string, zh: string, norms: string[] = []): Field => ({
  type: 'number',
  minimum: 0,
  meta: { title: text(en, zh), norms },
})
export const choice = (
  title: Text,
  options: Record<string, Text>,
  norms: string[] = [],
): Field & { enum: string[] } => ({
  type: 'string',
  enum: Object.keys(options),
  meta: { title, options, norms },
})
