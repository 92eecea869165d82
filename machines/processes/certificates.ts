/**
 * The certificates that shipped processes ask for, by kind.
 */
import type { Text } from '../definition/schema.ts'
import { text } from './author.ts'

const TITLES = {
  'product-training': text('product and technical training', '产品与技术培训证'),
  'safety-training': text('safety training', '安全培训证'),
  'work-at-height': text('work at height', '高处作业证'),
  machinery: text('machinery', '机械操作证'),
  electrical: text('electrical work', '电工证'),
  'dangerous-goods': text('dangerous goods', '危险品作业证'),
} as const satisfies Record<string, Text>

/** For a process's `meta.certificates`. */
export const certificates = (...kinds: (keyof typeof TITLES)[]): Record<string, Text> =>
  Object.fromEntries(kinds.map((kind) => [kind, TITLES[kind]]))
