/**
 * Whom an engineer goes to, from the fields that the processes share (the customer file).
 *
 * Must not: make anything up: what is not known is left out.
 */
export type Contact = {
  name?: string
  person?: string
  phone?: string
  address?: string
  region?: string
  appointment?: string
  problem?: string
}

export function contactOf(fields: Readonly<Record<string, unknown>>): Contact {
  const text = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' && value.trim() !== '' ? value : undefined
  }
  const all = {
    name: text('customerName'),
    person: text('customerContact'),
    phone: text('customerPhone'),
    address: text('customerAddress'),
    region: text('region'),
    appointment: text('appointment'),
    problem: text('problem') ?? text('title') ?? text('text'),
  }
  const contact: Contact = {}
  for (const [key, value] of Object.entries(all))
    if (value !== undefined) Object.assign(contact, { [key]: value })
  return contact
}

/** As a telephone dials it: `tel:+8610...`; without extensions and remarks. */
export const dialled = (phone: string): string => `tel:${phone.replaceAll(/(?!^\+)[^\d]/g, '')}`
