/** Times as people say them. */
import { describe, expect, it } from 'vitest'
import { stretchInWords } from '../../designer/text/format.ts'

describe('stretches of time', () => {
  it('are told in the two largest units', () => {
    expect(stretchInWords(93_784_000, 'en')).toBe('1 day 2 hours')
    expect(stretchInWords(59_000, 'en')).toBe('59 seconds')
    expect(stretchInWords(7_500_000, 'zh-CN')).toBe('2小时5分钟')
  })
})
