/**
 * The customer file (GN-09) and the problem, as the processes share them: the same names everywhere, so that one job
 * can hand them to the next.
 *
 * Must not: hold a field that only one process knows.
 */
import type { Action, Expression, Field, Text, Value } from '../definition/schema.ts'
import { assign, cel, text } from './author.ts'

const personal = (title: Text, more: Partial<Field> = {}): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 300,
  ...more,
  meta: { title, personal: true, norms: ['GN-09'] },
})

/** GN-09: the six entries of a customer file. */
export const customerFile = {
  customerName: personal(text('Customer', '客户姓名')),
  customerAddress: personal(text('Address', '地址')),
  customerPhone: personal(text('Phone', '电话'), { maxLength: 40 }),
  customerEmail: personal(text('E-mail', '电子邮箱'), { format: 'email' }),
  customerPostcode: personal(text('Postcode', '邮政编码'), { maxLength: 20 }),
  customerContact: personal(text('Contact person', '联系人')),
} satisfies Record<string, Field>

export const CUSTOMER_FILE = Object.keys(customerFile)

const plain = (title: Text): Field => ({ type: 'string', minLength: 1, maxLength: 120, meta: { title } })

/** What goes with the file: where the customer belongs, what he bought. */
export const customerReferences = {
  region: plain(text('Region', '所属区域')),
  orderNumber: plain(text('Order number', '订单号')),
  serialNumber: plain(text('Serial number', '机器序列号')),
} satisfies Record<string, Field>

export const problemText: Field = {
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  meta: { title: text('Problem', '问题描述') },
}
export const problemKind: Field = {
  type: 'string',
  enum: ['hardware', 'software', 'network', 'other'],
  meta: {
    title: text('Kind of problem', '问题类别'),
    options: {
      hardware: text('Hardware', '硬件'),
      software: text('Software', '软件'),
      network: text('Network', '网络'),
      other: text('Other', '其他'),
    },
  },
}
export const severity: Field = {
  type: 'string',
  enum: ['low', 'normal', 'high'],
  meta: {
    title: text('Severity', '严重程度'),
    options: { low: text('Low', '轻微'), normal: text('Normal', '一般'), high: text('High', '严重') },
  },
}

/** The value at a path (`job.region`, `event.note`), or `null` where it is not set. */
export const optional = (path: string): Expression => cel(`has(${path}) ? dyn(${path}) : null`)

const given = (names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      cel(`has(event.${name}) ? dyn(event.${name}) : (has(job.${name}) ? dyn(job.${name}) : null)`),
    ]),
  )

/** Takes what an event's payload gives of these fields; what it leaves out stays as it was. */
export const assignGiven = (...names: string[]): Action => assign(given(names))

/** These fields of this job, for the job it starts; unset ones stay unset. */
export const handOver = (...names: string[]): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [name, cel(`job.${name}`)]))
