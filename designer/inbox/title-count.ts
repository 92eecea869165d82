/**
 * A count before the window's title, whatever page gives the title.
 *
 * Must not: set a title of its own.
 */
import { useEffect } from 'react'

const COUNT = /^\([0-9]+\+?\) /

/** `undefined`: no count. */
export function useTitleCount(count: string | undefined): void {
  useEffect(() => {
    const put = (): void => {
      const plain = document.title.replace(COUNT, '')
      const wanted = count === undefined ? plain : `(${count}) ${plain}`
      if (document.title !== wanted) document.title = wanted
    }
    put()
    // Pages write their titles when they come; the count goes before each.
    const watch = new MutationObserver(put)
    watch.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => watch.disconnect()
  }, [count])
}
