/**
 * How large a PNG, JPEG or WebP picture becomes once it is opened, read from its own bytes.
 *
 * Promises: reads what strangers made and never beyond its end; `undefined` where the picture does not say.
 * Must not: open the picture: a few kilobytes can hold gigabytes.
 */

export type PictureSize = { width: number; height: number }

/** Of a whole file, or of so much of it as holds its head. */
export function pictureSize(type: string, bytes: Buffer): PictureSize | undefined {
  const size = READERS[type]?.(bytes)
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined
}

const READERS: Readonly<Record<string, (bytes: Buffer) => PictureSize | undefined>> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/webp': webp,
}

/** The first chunk is the head; of an optimised one for one maker's telephones it is the second. */
function png(bytes: Buffer): PictureSize | undefined {
  const at = bytes.indexOf('IHDR', 8, 'latin1')
  if (at < 0 || at > 64 || at + 12 > bytes.length) return undefined
  return { width: bytes.readUInt32BE(at + 4), height: bytes.readUInt32BE(at + 8) }
}

/** Start of a frame: C0 to CF, but C4, C8 and CC, which are tables and an extension. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
/** Markers without a length after them. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)

function jpeg(bytes: Buffer): PictureSize | undefined {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    else if (marker === 0xd9 || marker === 0xda) return undefined
    else at += standsAlone(marker) ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function webp(bytes: Buffer): PictureSize | undefined {
  if (bytes.length < 30) return undefined
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L') return undefined
  const bits = bytes.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
