/**
 * A photo made fit to be sent: no larger than what can be made out on a page, and without what the camera wrote into it.
 *
 * Promises: drawn anew, so that the place and the owner of the camera stay where they were; upright as it was taken.
 * Must not: send, or keep anything.
 */

/** The longer side: a serial number plate can still be read. */
const LONGEST = 2000
const QUALITY = 0.85
/** As much as the server takes. */
export const MOST_BYTES = 10 * 1024 * 1024
/** Kept as they are where this browser cannot draw them. */
const TAKEN = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif']

export type Shrunk = { ok: true; file: Blob } | { ok: false; why: 'unreadable' | 'large' }

export async function shrink(file: Blob): Promise<Shrunk> {
  const drawn = await redrawn(file)
  const kept = drawn ?? (TAKEN.includes(file.type) ? file : undefined)
  if (kept === undefined) return { ok: false, why: 'unreadable' }
  return kept.size > MOST_BYTES ? { ok: false, why: 'large' } : { ok: true, file: kept }
}

async function redrawn(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (picture === undefined) return undefined
  try {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const pen = canvas.getContext('2d')
    if (pen === null) return undefined
    // What is see-through would turn black.
    pen.fillStyle = '#ffffff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    return await toBlob(canvas, 'image/jpeg')
  } finally {
    picture.close()
  }
}

export const toBlob = (
  canvas: HTMLCanvasElement,
  type: 'image/jpeg' | 'image/png',
): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type, QUALITY))
