/**
 * The shape of a row of the table of errors.
 *
 * Must not: hold a row.
 */
export type Words = { en: string; zh: string }
export type Row = { status: number; title: Words; about: Words }

export const row = (status: number, title: Words, about: Words): Row => ({ status, title, about })
export const words = (en: string, zh: string): Words => ({ en, zh })
